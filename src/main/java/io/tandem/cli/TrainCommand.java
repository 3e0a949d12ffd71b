package io.tandem.cli;

import io.tandem.config.EffectiveConfig;
import io.tandem.disk.NextCommand;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.UnnameablePath;
import io.tandem.disk.UserError;
import io.tandem.report.Results;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains an architecture that is given, and exports it: a run without its search. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Trains a given architecture from scratch with the optimizer fixed_optimizer and exports it.",
      "To resume an interrupted training, use ${ROOT-COMMAND-NAME} search --resume."
    })
final class TrainCommand implements Callable<Integer> {
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Mixin private StrictOption strict = new StrictOption();

  @Option(
      names = "--architecture",
      paramLabel = "TEXT|FILE|RUN",
      required = true,
      description =
          "The published encoding of a network, such as \"0 1 0 3 1 1\", or JSON as in result.json,"
              + " or a file that contains either, or a finished run whose architecture is used.")
  private String architecture = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Directory of the run (default: runs/NAME-seedSEED, numbered if it exists).")
  private @Nullable Path out;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<String> given =
        List.of("search.strategy=GIVEN", "search.architecture=" + text(architecture));
    return new PipelineRun(spec).begin(loaded(given), out, strict);
  }

  /** People know what they have typed, not the setting that it becomes. */
  private EffectiveConfig loaded(List<String> given) {
    try {
      return config.load(given);
    } catch (UserError mistake) {
      String place = isFile(architecture) ? architecture : "--architecture";
      throw mistake.withLines(
          line -> line.replaceAll("^search\\.architecture(?=:)", Matcher.quoteReplacement(place)));
    }
  }

  private static boolean isFile(String given) {
    try {
      return Files.exists(Path.of(given));
    } catch (InvalidPathException noPath) {
      if (UnnameablePath.isOfLocale(noPath)) {
        throw noPath;
      }
      return false;
    }
  }

  /** What is written, or what a file or a run of that name holds. */
  private static String text(String given) {
    if (!isFile(given)) {
      return given.strip().replaceAll("\\s+", " ");
    }
    Path path = Path.of(given);
    try {
      if (Files.isDirectory(path)) {
        RunDirectory run = RunDirectory.open(path);
        return Results.read(run.result())
            .orElseThrow(
                () ->
                    new UserError(UserError.Kind.USAGE, path + ": " + NextCommand.unfinished(run)))
            .architecture();
      }
      return Files.readString(path, StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
    } catch (IOException failure) {
      throw new UserError(
          UserError.Kind.USAGE, path + ": cannot be read as text; give an architecture", failure);
    }
  }
}
