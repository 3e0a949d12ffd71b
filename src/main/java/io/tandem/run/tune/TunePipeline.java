package io.tandem.run.tune;

import io.tandem.config.Experiment;
import io.tandem.data.DataSplit;
import io.tandem.data.Standardisation;
import io.tandem.disk.DataSeal;
import io.tandem.disk.Disk;
import io.tandem.disk.KillPoint;
import io.tandem.disk.NextCommand;
import io.tandem.disk.Progress;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunLock;
import io.tandem.disk.UserError;
import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.child.RowInput;
import io.tandem.graph.child.TrainedNetwork;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.graph.training.Score;
import io.tandem.graph.training.TrainedScore;
import io.tandem.graph.tuning.RestSettings;
import io.tandem.graph.tuning.TunedTraining;
import io.tandem.graph.tuning.TuningSettings;
import io.tandem.report.TuneResults;
import io.tandem.report.checkpoint.CheckpointStore;
import io.tandem.report.journal.Journal;
import io.tandem.report.journal.JournalEntry;
import io.tandem.run.SessionNotes;
import io.tandem.run.task.FullyConnected;
import io.tandem.tune.BestPoint;
import io.tandem.tune.DescentSettings;
import io.tandem.tune.OuterSettings;
import io.tandem.tune.TuneRunner;
import io.tandem.tune.TuneState;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
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

  /**
   * Makes a pipeline.
   *
   * @param experiment checked configuration
   * @param disk where to write
   * @param clock tells the time of a run
   */
  @Inject
  public TunePipeline(Experiment experiment, Disk disk, InstantSource clock) {
    this.experiment = experiment;
    this.disk = disk;
    this.clock = clock;
  }

  /**
   * Refuses an experiment that tunes nothing, or that does not fit its data or the memory.
   *
   * @param data the experiment's data
   * @throws UserError that says what to change
   */
  public void check(DataSplit data) {
    FullyConnected.require(experiment, NextCommand.of("tune"));
    requireTargets();
    requireMemory(data);
    requireWhole(data);
    requireNumbers(data);
  }

  private void requireTargets() {
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
   * @param rows gives the experiment's data; not asked if the run has finished
   * @param progress shows people how far it is
   * @param interrupted asked between steps whether to stop
   * @return the outcome; empty if interrupted
   */
  public Optional<TuneResults> run(
      RunDirectory run, Supplier<DataSplit> rows, Progress progress, BooleanSupplier interrupted) {
    Optional<TuneResults> finished = TuneResults.read(run.result());
    if (finished.isPresent()) {
      return finished;
    }
    Instant begin = clock.instant();
    RunLock lock = RunLock.acquire(disk, run.path());
    try (lock;
        Journal journal = Journal.open(disk, run.journal())) {
      journal.damage().ifPresent(progress::message);
      DataSplit data = rows.get();
      DataSeal.require(disk, run, data.sha256());
      SessionNotes notes = new SessionNotes(journal);
      data.notes().stream().limit(1).forEach(progress::message);
      data.notes()
          .forEach(
              note -> notes.add(data.layout().isPresent() ? "columns" : "damaged_images", note));
      check(data);
      progress.message(
          experiment.tune().toRest()
              ? "building the graph of one step"
              : "building the graph of " + training().steps() + " steps");
      try (TunedTraining program = program(data)) {
        TrainingObjective objective =
            new TrainingObjective(
                program, training().steps(), inputs(data).batch(), data.validation().rows());
        CheckpointStore checkpoints =
            new CheckpointStore(
                disk, run.checkpoints(), experiment.report().keepCheckpoints(), progress::message);
        TuneRunner runner =
            new TuneRunner(
                objective,
                DescentSettings.of(experiment.tune()),
                experiment.report().checkpointEvery(),
                TuneRunner.Origin.none(),
                new TuneRunner.Outputs(
                    journal,
                    checkpoints,
                    progress,
                    () -> seconds(begin),
                    interrupted,
                    () -> false));
        Optional<TuneState> state =
            runner.run(
                began -> {
                  if (began.step() > 0) {
                    progress.message("resumes after step " + began.step());
                  }
                  notes.begin();
                });
        return state.map(done -> conclude(run, data, program, done, journal, begin));
      }
    }
  }

  private TuningSettings training() {
    return experiment.tune().training();
  }

  private void requireWhole(DataSplit data) {
    int batch = inputs(data).batch();
    int all = training().learntRows() > 0 ? training().learntRows() : data.train().rows();
    if (experiment.tune().toRest() && batch < all) {
      throw new UserError(
          UserError.Kind.USAGE,
          "tune.batch: "
              + batch
              + " is not allowed with to_rest, expected all "
              + all
              + " training rows: a batch is not at rest where another is; use --set tune.batch="
              + all);
    }
  }

  /** A learned row is moved along derivatives, which codes of categories do not have. */
  private void requireNumbers(DataSplit data) {
    List<Integer> vocabularies = data.train().vocabularies();
    if (training().learntRows() > 0 && !vocabularies.isEmpty()) {
      int most = Collections.max(vocabularies);
      throw new UserError(
          UserError.Kind.USAGE,
          "tune.inputs.rows: "
              + training().learntRows()
              + " is not allowed where categories have more values than data.format.one_hot, here "
              + most
              + ": rows of their codes cannot be learned; use --set data.format.one_hot="
              + most
              + ", or leave the column out with data.format.ignore");
    }
  }

  private void requireMemory(DataSplit data) {
    if (experiment.response() instanceof ResponseSettings.Reversible
        || experiment.tune().toRest()) {
      return;
    }
    TuningMemory memory = new TuningMemory(training(), inputs(data), experiment.tune().memoryMib());
    memory.require(differentiated(), 1, "tune.steps");
  }

  private int differentiated() {
    if (experiment.response() instanceof ResponseSettings.Unrolled unrolled) {
      return unrolled.truncate() > 0 ? unrolled.truncate() : training().steps();
    }
    return 0;
  }

  private TunedTraining program(DataSplit data) {
    long seed = experiment.seed();
    if (experiment.tune().toRest()) {
      OuterSettings outer = experiment.tune().outer();
      return TunedTraining.toRest(
          TFloat32.class,
          training(),
          new RestSettings(experiment.tune().warmStart(), outer.toleranceAt(outer.steps() + 1L)),
          experiment.inner(),
          inputs(data).data(seed),
          experiment.response(),
          SessionConfig.ofBranches(experiment.runtime()));
    }
    return TunedTraining.of(
        TFloat32.class,
        training(),
        experiment.inner(),
        inputs(data).data(seed),
        experiment.response(),
        SessionConfig.ofBranches(experiment.runtime()));
  }

  private TuningInputs inputs(DataSplit data) {
    return new TuningInputs(data, training(), experiment.tune().standardise());
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
    Standardisation standardisation = inputs(data).standardisation();
    TrainedNetwork model =
        new TrainedNetwork(
            new PerceptronNetwork(
                training().architecture(),
                RowInput.of(data.train()),
                data.train().outcome().outputs()),
            program.train(best.point()),
            List.of(),
            standardisation.mean(),
            standardisation.scale(),
            1,
            data.train().outcome(),
            data.train().featureNames());
    Score test =
        TrainedScore.of(
            model, inputs(data).rows(data.test()), SessionConfig.of(experiment.runtime()));
    journal.append(
        new JournalEntry.Event(
            "test", "the test set was read: " + experiment.goal().text() + " " + test.accuracy()));
    journal.sync();
    KillPoint.reached("tune.tested");
    TuneFiles files = new TuneFiles(disk, run, program.layout(), training(), experiment.goal());
    files.write(start, best, data.train().outcome().names());
    TuneResults results =
        new TuneResults(
            experiment.goal(),
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
