package io.tandem.wiring;

import io.tandem.config.Experiment;
import io.tandem.data.Batches;
import io.tandem.data.DataLoader;
import io.tandem.data.DataSplit;
import io.tandem.data.Dataset;
import io.tandem.data.Seeds;
import io.tandem.data.Standardisation;
import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.child.TrainedPerceptron;
import io.tandem.graph.core.SessionConfig;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.training.LabelledRows;
import io.tandem.graph.training.Score;
import io.tandem.graph.training.TrainedScore;
import io.tandem.graph.tuning.TunedTraining;
import io.tandem.graph.tuning.TuningData;
import io.tandem.graph.tuning.TuningSettings;
import io.tandem.report.CheckpointStore;
import io.tandem.report.Disk;
import io.tandem.report.Journal;
import io.tandem.report.JournalEntry;
import io.tandem.report.KillPoint;
import io.tandem.report.Progress;
import io.tandem.report.RunDirectory;
import io.tandem.report.RunLock;
import io.tandem.report.TuneResults;
import io.tandem.report.UserError;
import io.tandem.tune.BestPoint;
import io.tandem.tune.MemoryEstimate;
import io.tandem.tune.TuneRunner;
import io.tandem.tune.TuneState;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.tensorflow.types.TFloat32;

/**
 * A tuning from beginning to end: descend, train once more with the best point, read the test set
 * once, write what was found. Called again on the directory of an interrupted run, it does what is
 * left.
 */
public final class TunePipeline {
  private final Experiment experiment;
  private final Disk disk;
  private final InstantSource clock;

  @Inject
  TunePipeline(Experiment experiment, Disk disk, InstantSource clock) {
    this.experiment = experiment;
    this.disk = disk;
    this.clock = clock;
  }

  /**
   * Refuses an experiment that tunes nothing.
   *
   * @throws UserError if no target is tuned
   */
  public void check() {
    if (experiment.tune().training().tuned().isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "tune: nothing is tuned; give a target a granularity, for example --set"
              + " tune.learning_rate.granularity=GLOBAL");
    }
  }

  /**
   * Runs, or goes on.
   *
   * @param run where everything is written
   * @param progress shows people how far it is
   * @param interrupted asked between steps whether to stop
   * @return the outcome; empty if interrupted
   */
  public Optional<TuneResults> run(
      RunDirectory run, Progress progress, BooleanSupplier interrupted) {
    check();
    Optional<TuneResults> finished = TuneResults.read(run.result());
    if (finished.isPresent()) {
      return finished;
    }
    Instant begin = clock.instant();
    RunLock lock = RunLock.acquire(disk, run.path());
    try (lock;
        Journal journal = Journal.open(disk, run.journal())) {
      DataSplit data = DataLoader.load(experiment.data(), experiment.seed());
      requireMemory(data);
      progress.message("building the graph of " + training().steps() + " steps");
      try (TunedTraining program = program(data)) {
        TrainingObjective objective = new TrainingObjective(program, examples(data));
        CheckpointStore checkpoints =
            new CheckpointStore(
                disk, run.checkpoints(), experiment.report().keepCheckpoints(), progress::message);
        TuneRunner runner =
            new TuneRunner(
                objective,
                experiment.tune(),
                experiment.report().checkpointEvery(),
                new TuneRunner.Outputs(
                    journal, checkpoints, progress, () -> seconds(begin), interrupted));
        Optional<TuneState> state = runner.run();
        return state.map(done -> conclude(run, data, program, done, journal, begin));
      }
    }
  }

  private TuningSettings training() {
    return experiment.tune().training();
  }

  private int batch(DataSplit data) {
    int learnt = training().learntRows();
    return Math.min(training().batch(), learnt > 0 ? learnt : data.train().rows());
  }

  private long examples(DataSplit data) {
    return (long) training().steps() * batch(data) + data.validation().rows();
  }

  private void requireMemory(DataSplit data) {
    if (experiment.response() instanceof ResponseSettings.Reversible) {
      return;
    }
    PerceptronNetwork network =
        new PerceptronNetwork(
            training().architecture(), data.train().columns(), data.train().classes().size());
    long limit = experiment.tune().memoryMib();
    MemoryEstimate.require(
        MemoryEstimate.mib(training(), network, batch(data), differentiated()),
        limit > 0 ? limit : FreeMemory.mib(),
        training().steps());
  }

  private int differentiated() {
    if (experiment.response() instanceof ResponseSettings.Unrolled unrolled) {
      return unrolled.truncate() > 0 ? unrolled.truncate() : training().steps();
    }
    return 0;
  }

  private TunedTraining program(DataSplit data) {
    long seed = experiment.seed();
    return TunedTraining.of(
        TFloat32.class,
        training(),
        experiment.inner(),
        new TuningData(
            rows(data, data.train()),
            rows(data, data.validation()),
            data.train().classes().size(),
            batches(data),
            Seeds.of(seed, "tune/weights", 0),
            Seeds.of(seed, "tune/noise", 0)),
        experiment.response(),
        SessionConfig.ofBranches(experiment.runtime()));
  }

  private List<int[]> batches(DataSplit data) {
    int learnt = training().learntRows();
    int all = learnt > 0 ? learnt : data.train().rows();
    if (batch(data) == all) {
      return List.of(IntStream.range(0, all).toArray());
    }
    Batches stream = new Batches(all, batch(data), experiment.seed(), "tune/batches");
    return IntStream.range(0, training().steps()).mapToObj(stream::indices).toList();
  }

  private Standardisation standardisation(DataSplit data) {
    if (experiment.tune().standardise()) {
      return data.standardisation();
    }
    float[] ones = new float[data.train().columns()];
    Arrays.fill(ones, 1);
    return new Standardisation(new float[ones.length], ones);
  }

  private LabelledRows rows(DataSplit data, Dataset raw) {
    float[] features =
        experiment.tune().standardise()
            ? data.standardisation().apply(raw.features())
            : raw.features();
    return new LabelledRows(features, raw.columns(), raw.labels());
  }

  private TuneResults conclude(
      RunDirectory run,
      DataSplit data,
      TunedTraining program,
      TuneState state,
      Journal journal,
      Instant begin) {
    BestPoint start = state.start().orElseThrow();
    BestPoint best = state.best().orElseThrow();
    Standardisation standardisation = standardisation(data);
    TrainedPerceptron model =
        new TrainedPerceptron(
            training().architecture(),
            program.train(best.point()),
            standardisation.mean(),
            standardisation.scale(),
            data.train().classes(),
            data.train().featureNames());
    Score test =
        TrainedScore.of(model, rows(data, data.test()), SessionConfig.of(experiment.runtime()));
    journal.append(
        new JournalEntry.Event("test", "the test set was read: accuracy " + test.accuracy()));
    journal.sync();
    KillPoint.reached("tune.tested");
    TuneFiles files = new TuneFiles(disk, run, program.layout(), training());
    files.write(start, best, data.train().classes());
    TuneResults results =
        new TuneResults(
            training().outerLoss().name().toLowerCase(Locale.ROOT),
            start.loss(),
            best.loss(),
            start.accuracy(),
            best.accuracy(),
            test.accuracy(),
            test.loss(),
            best.step(),
            state.step(),
            files.summary(best),
            state.examples(),
            Math.max(state.seconds(), seconds(begin)),
            experiment.seed());
    results.write(disk, run.result());
    return results;
  }

  private double seconds(Instant begin) {
    return Duration.between(begin, clock.instant()).toMillis() / 1000.0;
  }
}
