package io.tandem.cli;

import io.tandem.config.ConfigLoader;
import io.tandem.config.EffectiveConfig;
import io.tandem.data.DataSplit;
import io.tandem.graph.core.NativeLibrary;
import io.tandem.graph.core.Placement;
import io.tandem.report.Disk;
import io.tandem.report.Progress;
import io.tandem.report.Results;
import io.tandem.report.RunDirectory;
import io.tandem.report.RunManifest;
import io.tandem.report.UserError;
import io.tandem.wiring.ExperimentData;
import io.tandem.wiring.Injectors;
import io.tandem.wiring.SearchPipeline;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
    description = "Searches a network together with its optimizer, retrains and exports the best.")
final class SearchCommand implements Callable<Integer> {
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Directory of the run (default: runs/NAME-seedSEED, numbered if it exists).")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Goes on with an interrupted run and does what is left of its total.")
  private @Nullable Path resume;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter printer = spec.commandLine().getOut();
    EffectiveConfig effective;
    Supplier<DataSplit> data;
    RunDirectory run;
    if (resume != null) {
      run = RunDirectory.open(resume);
      run.requireTuning(false);
      effective = ConfigLoader.restore(run.configText(), run.config().toString());
      run.requireSameConfig(
          config.given() ? config.load().hash() : EffectiveConfig.hash(run.configText()));
      data = () -> load(effective);
    } else {
      effective = config.load();
      NativeLibrary.loadInBackground();
      DataSplit loaded = load(effective);
      data = () -> loaded;
      run = create(effective);
    }
    Interruption interruption = Interruption.listen();
    Optional<Results> results;
    // Whatever needs no TensorFlow comes first, while its library is being loaded.
    SearchPipeline pipeline = Injectors.pipeline(effective.experiment());
    try (Progress progress = TerminalProgress.forStandardError()) {
      progress.message("run: " + run.path());
      progress.message(Placement.of(effective.experiment().runtime()).text());
      results = pipeline.run(run, data, progress, interruption);
    } catch (UserError mistake) {
      discardIfNew(run, mistake);
      throw mistake;
    }
    if (results.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("interrupted; go on with: tandem search --resume " + run.path());
      return Interruption.EXIT_CODE;
    }
    print(printer, run, results.get());
    return 0;
  }

  private static DataSplit load(EffectiveConfig effective) {
    return ExperimentData.load(effective.experiment());
  }

  /** A run that cannot even begin leaves no directory behind. */
  private void discardIfNew(RunDirectory run, UserError mistake) {
    if (resume == null && mistake.kind() == UserError.Kind.USAGE) {
      try {
        Disk.system().delete(run.path());
      } catch (IOException failure) {
        mistake.addSuppressed(failure);
      }
    }
  }

  private RunDirectory create(EffectiveConfig effective) {
    var experiment = effective.experiment();
    RunManifest manifest =
        new RunManifest(
            experiment.name(),
            experiment.seed(),
            experiment.search().strategy().name().toLowerCase(Locale.ROOT),
            "tandem "
                + String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs()),
            InstantSource.system().instant(),
            new Version().getVersion()[0],
            effective.hash());
    Path directory = out != null ? out : free(experiment.name() + "-seed" + experiment.seed());
    return RunDirectory.create(Disk.system(), directory, manifest, effective.text());
  }

  /** A directory below {@code runs} that does not exist yet. */
  static Path free(String name) {
    Path runs = Path.of("runs");
    for (int number = 1; number < 10_000; number++) {
      Path candidate = runs.resolve(number == 1 ? name : name + "-" + number);
      if (!Files.exists(candidate)) {
        return candidate;
      }
    }
    throw new UserError(
        UserError.Kind.USAGE, runs.resolve(name) + ": 9,999 runs of that name; name one by --out");
  }

  private static void print(PrintWriter printer, RunDirectory run, Results results) {
    printer.printf(Locale.ROOT, "test accuracy       %.4f%n", results.testAccuracy());
    printer.printf(Locale.ROOT, "validation accuracy %.4f%n", results.validationAccuracy());
    results
        .refinement()
        .ifPresent(
            refined ->
                printer.printf(
                    Locale.ROOT,
                    "refinement          validation loss %.4f -> %.4f%n",
                    refined.lossBefore(),
                    refined.lossAfter()));
    printer.printf(
        Locale.ROOT,
        "budget              %,d examples, %.1f s%n",
        results.budgetExamples(),
        results.budgetSeconds());
    printer.println("model               " + run.path().resolve(results.model()));
    printer.println("all of it           tandem show " + run.path());
    printer.flush();
  }
}
