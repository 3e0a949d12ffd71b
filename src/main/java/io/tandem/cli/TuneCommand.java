package io.tandem.cli;

import io.tandem.cli.terminal.TerminalProgress;
import io.tandem.cli.terminal.TuningText;
import io.tandem.config.EffectiveConfig;
import io.tandem.data.DataSplit;
import io.tandem.disk.Disk;
import io.tandem.disk.NextCommand;
import io.tandem.disk.Progress;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunLock;
import io.tandem.disk.RunManifest;
import io.tandem.graph.session.NativeLibrary;
import io.tandem.report.TuneResults;
import io.tandem.run.NewRun;
import io.tandem.run.task.ExperimentData;
import io.tandem.wiring.Injectors;
import java.io.PrintWriter;
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

/** Tunes continuous hyperparameters of a fixed network by descent along their hypergradient. */
@Command(
    name = "tune",
    mixinStandardHelpOptions = true,
    description =
        "Tunes continuous hyperparameters of a fixed network by differentiating its training.")
final class TuneCommand implements Callable<Integer> {
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
    EffectiveConfig effective;
    Supplier<DataSplit> data;
    RunDirectory run;
    NativeLibrary.loadInBackground();
    if (resume != null) {
      run = RunDirectory.open(resume);
      run.requireTuning(true);
      RunLock.requireFree(run);
      effective = RunConfig.of(run, config);
      data = () -> load(effective);
      NativeLibrary.require();
    } else {
      effective = config.loadFullyConnected();
      DataSplit loaded = load(effective);
      strict.tell(loaded.suspicions(), spec.commandLine().getErr());
      Injectors.tuning(effective.experiment()).check(loaded);
      data = () -> loaded;
      NativeLibrary.require();
      run = create(effective);
    }
    Interruption interruption = Interruption.listen(NextCommand.resume(run));
    Optional<TuneResults> results;
    try (Progress progress = TerminalProgress.forStandardError()) {
      progress.message("run: " + run.path());
      results = Injectors.tuning(effective.experiment()).run(run, data, progress, interruption);
    }
    if (results.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("interrupted; resume it with: " + NextCommand.resume(run));
      return Interruption.EXIT_CODE;
    }
    print(spec.commandLine().getOut(), run, results.get());
    return 0;
  }

  private static DataSplit load(EffectiveConfig effective) {
    return ExperimentData.rows(effective.experiment());
  }

  private RunDirectory create(EffectiveConfig effective) {
    var experiment = effective.experiment();
    RunManifest manifest =
        new RunManifest(
            experiment.name(),
            experiment.seed(),
            RunManifest.TUNE,
            CommandText.of(spec),
            InstantSource.system().instant(),
            new Version().getVersion()[0],
            effective.hash(),
            experiment.goal(),
            NewRun.data(experiment),
            Optional.empty());
    Path directory =
        out != null ? out : PipelineRun.free(experiment.name() + "-seed" + experiment.seed());
    return RunDirectory.create(Disk.system(), directory, manifest, effective.text());
  }

  private static void print(PrintWriter printer, RunDirectory run, TuneResults results) {
    StringBuilder text = new StringBuilder();
    TuningText.outcome(text, results);
    printer.print(text);
    String goal = results.goal().text();
    printer.printf(Locale.ROOT, "%-19s %.4f%n", "test " + goal, results.testScore());
    printer.printf(Locale.ROOT, "%-19s %.4f%n", "validation " + goal, results.validationScore());
    printer.printf(
        Locale.ROOT,
        "budget              %,d examples, %.1f s%n",
        results.budgetExamples(),
        results.budgetSeconds());
    printer.println("details             " + NextCommand.show(run.path()));
    printer.flush();
  }
}
