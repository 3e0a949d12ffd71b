package io.tandem.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Searches, retrains the winner and exports it. */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    description = "Searches a network and its optimizer together; retrains and exports the best.")
final class SearchCommand implements Callable<Integer> {
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Mixin private StrictOption strict = new StrictOption();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Directory of the run (default: runs/NAME-seedSEED, numbered if it exists).")
  private @Nullable Path out;

  @Option(names = "--resume", paramLabel = "DIR", description = "Resumes an interrupted run.")
  private @Nullable Path resume;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PipelineRun run = new PipelineRun(spec);
    return resume == null ? run.begin(config.load(), out, strict) : run.resume(resume, config);
  }
}
