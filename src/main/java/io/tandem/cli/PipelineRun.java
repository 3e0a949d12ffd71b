package io.tandem.cli;

import io.tandem.cli.terminal.TerminalProgress;
import io.tandem.config.EffectiveConfig;
import io.tandem.disk.Disk;
import io.tandem.disk.NextCommand;
import io.tandem.disk.Progress;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunLock;
import io.tandem.disk.SteadyClock;
import io.tandem.disk.UserError;
import io.tandem.graph.session.NativeLibrary;
import io.tandem.graph.session.Placement;
import io.tandem.metric.Metric;
import io.tandem.report.Baseline;
import io.tandem.report.MetricsText;
import io.tandem.report.Results;
import io.tandem.report.Significant;
import io.tandem.run.NewRun;
import io.tandem.run.search.SearchPipeline;
import io.tandem.run.task.CheckedData;
import io.tandem.run.task.ExperimentData;
import io.tandem.wiring.Injectors;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** A run of the pipeline as commands begin it and go on with it. */
final class PipelineRun {
  private final CommandSpec spec;
  private final Instant begin = SteadyClock.system().instant();

  /**
   * Prepares a run.
   *
   * @param spec the command, to whose streams is written
   */
  PipelineRun(CommandSpec spec) {
    this.spec = spec;
  }

  /**
   * Begins a run.
   *
   * @param effective its configuration
   * @param out its directory; null for the first free one below {@code runs}
   * @param strict whether suspicions about the data are errors
   * @return exit code
   */
  int begin(EffectiveConfig effective, @Nullable Path out, StrictOption strict) {
    NativeLibrary.loadInBackground();
    if (out != null) {
      RunDirectory.requireFree(out);
    }
    ExperimentData data = ExperimentData.load(effective.experiment());
    SearchPipeline pipeline = pipeline(effective);
    CheckedData checked = CheckedData.of(data);
    if (!checked.outcome().isEmpty()) {
      spec.commandLine().getErr().println(checked.outcome());
    }
    strict.tell(checked.suspicions(), spec.commandLine().getErr());
    spec.commandLine().getErr().println(CheckedData.budget(data));
    RunDirectory run = create(effective, out);
    try {
      return work(effective, pipeline, run, () -> data);
    } catch (UserError mistake) {
      discard(run, mistake);
      throw mistake;
    }
  }

  /**
   * Goes on with a run.
   *
   * @param directory its directory
   * @param config a configuration that has to be the run's, or places of its data, if given
   * @return exit code
   */
  int resume(Path directory, ConfigOptions config) {
    NativeLibrary.loadInBackground();
    RunDirectory run = RunDirectory.open(directory);
    run.requireTuning(false);
    RunLock.requireFree(run);
    EffectiveConfig effective = RunConfig.of(run, config);
    return work(
        effective, pipeline(effective), run, () -> ExperimentData.load(effective.experiment()));
  }

  /** Put together while TensorFlow's library is being loaded, which it ends by waiting for. */
  private static SearchPipeline pipeline(EffectiveConfig effective) {
    SearchPipeline pipeline = Injectors.pipeline(effective.experiment());
    NativeLibrary.require();
    return pipeline;
  }

  private int work(
      EffectiveConfig effective,
      SearchPipeline pipeline,
      RunDirectory run,
      Supplier<ExperimentData> data) {
    Interruption interruption = Interruption.listen(NextCommand.resume(run));
    Optional<Results> results;
    try (Progress progress = TerminalProgress.forStandardError()) {
      progress.message("run: " + run.path());
      progress.message(Placement.of(effective.experiment().runtime()).text());
      results = pipeline.run(run, data, progress, interruption, begin);
    }
    if (results.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("interrupted; resume it with: " + NextCommand.resume(run));
      return Interruption.EXIT_CODE;
    }
    print(
        spec.commandLine().getOut(),
        run,
        results.get(),
        effective.experiment().data().source().predictsLogarithms());
    return 0;
  }

  /** A run that cannot even begin leaves no directory behind. */
  private static void discard(RunDirectory run, UserError mistake) {
    if (mistake.kind() == UserError.Kind.USAGE) {
      try {
        Disk.system().delete(run.path());
      } catch (IOException failure) {
        mistake.addSuppressed(failure);
      }
    }
  }

  private RunDirectory create(EffectiveConfig effective, @Nullable Path out) {
    var experiment = effective.experiment();
    Path directory = out != null ? out : free(experiment.name() + "-seed" + experiment.seed());
    return new NewRun(
            CommandText.of(spec), InstantSource.system().instant(), new Version().getVersion()[0])
        .create(Disk.system(), directory, effective);
  }

  /** A directory below {@code runs} that does not exist yet. */
  static Path free(String name) {
    return free(Path.of("runs"), name);
  }

  /** A directory below another that does not exist yet. */
  static Path free(Path runs, String name) {
    for (int number = 1; number < 10_000; number++) {
      Path candidate = runs.resolve(number == 1 ? name : name + "-" + number);
      if (!Files.exists(candidate)) {
        return candidate;
      }
    }
    throw new UserError(
        UserError.Kind.USAGE,
        runs.resolve(name) + ": 9,999 runs of that name; name one with --out");
  }

  /**
   * Whoever ranks by another metric than accuracy knows that the majority has a good accuracy, and
   * whoever chooses a threshold for one gives accuracy away.
   */
  private static boolean isWorthComparing(Baseline baseline, RunDirectory run, Results results) {
    if (results.threshold().filter(each -> each.metric() != Metric.ACCURACY).isPresent()) {
      return false;
    }
    return baseline.kind() != Baseline.Kind.MAJORITY
        || run.manifest().metric().map(Metric.ACCURACY.text()::equals).orElse(true);
  }

  private static void print(
      PrintWriter printer, RunDirectory run, Results results, boolean logarithm) {
    String goal = results.goal().text();
    printer.printf(
        Locale.ROOT,
        "%-19s %s%s%n",
        "test " + goal,
        Significant.figure(results.test()),
        MetricsText.interval(results.goal(), results.metrics()));
    results
        .metrics()
        .ifPresent(metrics -> printer.print(MetricsText.besides(results.goal(), metrics)));
    results.threshold().ifPresent(threshold -> printer.print(MetricsText.of(threshold)));
    results.earlyEnds().forEach(end -> printer.println(end.text()));
    results.baselines().stream()
        .filter(baseline -> isWorthComparing(baseline, run, results))
        .flatMap(baseline -> baseline.text(results.goal(), results.test()).stream())
        .forEach(printer::println);
    if (!Double.isNaN(results.validation())) {
      printer.printf(
          Locale.ROOT,
          "%-19s %s%s%n",
          "validation " + goal,
          Significant.figure(results.validation()),
          logarithm ? " (of the logarithm)" : "");
    }
    results
        .refinement()
        .ifPresent(
            refined ->
                printer.printf(
                    Locale.ROOT,
                    "refinement          validation loss %.4f -> %.4f%n",
                    refined.lossBefore(),
                    refined.lossAfter()));
    results.certificate().ifPresent(found -> printer.println(found.text()));
    printer.printf(
        Locale.ROOT,
        "budget              %,d examples, %.1f s (%s)%n",
        results.budgetExamples(),
        results.budgetSeconds(),
        results.phases().text());
    printer.println("model               " + run.path().resolve(results.model()));
    printer.println("details             " + NextCommand.show(run.path()));
    printer.flush();
  }
}
