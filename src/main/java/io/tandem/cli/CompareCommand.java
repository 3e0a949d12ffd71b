package io.tandem.cli;

import io.tandem.compare.Metric;
import io.tandem.compare.SeedList;
import io.tandem.disk.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares search strategies over seeds at an equal budget. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description =
        "Runs every arm with every seed at an equal budget, and tests whether the arms differ.")
final class CompareCommand implements Callable<Integer> {
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Mixin private ArmOptions arms = new ArmOptions();

  @Mixin private StrictOption strict = new StrictOption();

  @Option(
      names = "--seeds",
      paramLabel = "LIST",
      description = "Seeds of every arm, such as 1..10 or 1,2,5.")
  private @Nullable String seeds;

  @Option(
      names = "--offset-per-seed",
      paramLabel = "N",
      description =
          "Gives every seed a block of the training data of its own, N images or lines after that"
              + " of the seed before (idx, cifar and text; tables and folders follow the seed"
              + " anyway).")
  private @Nullable Integer offset;

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      description =
          "Test metric by which the arms are compared: ${COMPLETION-CANDIDATES} (default: accuracy, of"
              + " language models perplexity).")
  private @Nullable Metric metric;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Directory of the comparison (default: comparisons/NAME, numbered if it exists).")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Resumes an interrupted comparison; if it is finished, prints its table again.")
  private @Nullable Path resume;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (offset != null && (offset < 1 || offset > 1_000_000_000)) {
      throw error("--offset-per-seed: " + offset + " is not allowed, expected 1..1000000000");
    }
    ComparisonRun run = new ComparisonRun(spec, config, Optional.ofNullable(metric));
    if (resume != null) {
      if (out != null) {
        throw error("--out " + out + ": not allowed with --resume; leave out one of the two");
      }
      return run.resume(
          resume,
          arms.given() ? Optional.of(arms.read()) : Optional.empty(),
          Optional.ofNullable(seeds).map(SeedList::parse),
          Optional.ofNullable(offset));
    }
    if (!arms.given()) {
      throw error("--arms: missing; name what is compared, for example --arms joint,random");
    }
    List<Long> all =
        SeedList.parse(
            Optional.ofNullable(seeds)
                .orElseThrow(
                    () -> error("--seeds: missing; give some, for example --seeds 1..10")));
    return run.begin(
        arms.read(), all, Optional.ofNullable(offset).orElse(0), Optional.ofNullable(out), strict);
  }

  private static UserError error(String text) {
    return new UserError(UserError.Kind.USAGE, text);
  }
}
