package io.tandem.run.search;

import io.tandem.config.Experiment;
import io.tandem.disk.DataSeal;
import io.tandem.disk.Disk;
import io.tandem.disk.KillPoint;
import io.tandem.disk.Progress;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunLock;
import io.tandem.disk.UserError;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.inner.OptimizerUpdate;
import io.tandem.graph.joint.child.Evaluation;
import io.tandem.graph.training.Score;
import io.tandem.report.Baseline;
import io.tandem.report.BudgetPhases;
import io.tandem.report.Certificate;
import io.tandem.report.Results;
import io.tandem.report.TestRecord;
import io.tandem.report.journal.Journal;
import io.tandem.report.journal.JournalReader;
import io.tandem.report.journal.TimeLimit;
import io.tandem.run.SessionNotes;
import io.tandem.run.task.CheckedData;
import io.tandem.run.task.ExperimentData;
import io.tandem.run.task.Retrained;
import io.tandem.search.FirstRung;
import io.tandem.search.Scored;
import io.tandem.search.SearchState;
import io.tandem.space.Architecture;
import io.tandem.space.Candidate;
import io.tandem.space.Goal;
import io.tandem.space.OptimizerSpace;
import io.tandem.space.SearchSpace;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * A run from beginning to end: search, derive, refine the winner's optimizer if that is wanted,
 * retrain, read the test set once, export. Called again on the directory of an interrupted run, it
 * does what is left.
 */
public final class SearchPipeline {
  private final Experiment experiment;
  private final SearchSpace space;
  private final OptimizerUpdate update;
  private final HypergradientEstimator estimator;
  private final Disk disk;
  private final InstantSource clock;

  @Inject
  SearchPipeline(
      Experiment experiment,
      SearchSpace space,
      OptimizerUpdate update,
      HypergradientEstimator estimator,
      Disk disk,
      InstantSource clock) {
    this.experiment = experiment;
    this.space = space;
    this.update = update;
    this.estimator = estimator;
    this.disk = disk;
    this.clock = clock;
  }

  /**
   * The space that the strategy searches: {@code enas} keeps the optimizer fixed, {@code joint} may
   * do so for the shared weights, and strategies of two searches do so in one of them.
   */
  public static SearchSpace searchedSpace(Experiment experiment) {
    SearchSpace space = experiment.space();
    return switch (experiment.search().strategy()) {
      case ENAS ->
          new SearchSpace(space.architecture(), OptimizerSpace.fixed(experiment.fixedOptimizer()));
      case JOINT ->
          switch (experiment.search().sharedOptimizer()) {
            case FIXED -> space.sharedBy(experiment.fixedOptimizer());
            case SAMPLED -> space;
          };
      case ENAS_TUNED_ONCE, ENAS_THEN_HYPERPARAMETERS ->
          space.sharedBy(experiment.fixedOptimizer());
      case RANDOM, NAS, GIVEN, RANDOM_HALVING, EVOLUTION, JOINT_HALVING -> space;
    };
  }

  /**
   * Runs, or goes on.
   *
   * @param run where everything is written
   * @param data gives the experiment's data; not asked if the run has finished
   * @param progress shows people how far it is
   * @param interrupted asked between steps whether to stop
   * @return the outcome; empty if interrupted
   */
  public Optional<Results> run(
      RunDirectory run,
      Supplier<ExperimentData> data,
      Progress progress,
      BooleanSupplier interrupted) {
    return run(run, data, progress, interrupted, clock.instant());
  }

  /**
   * Runs, or goes on, as part of something that has begun already.
   *
   * @param run where everything is written
   * @param data gives the experiment's data; not asked if the run has finished
   * @param progress shows people how far it is
   * @param interrupted asked between steps whether to stop
   * @param begin when the time of this session begins to count
   * @return the outcome; empty if interrupted
   */
  public Optional<Results> run(
      RunDirectory run,
      Supplier<ExperimentData> data,
      Progress progress,
      BooleanSupplier interrupted,
      Instant begin) {
    Optional<Results> finished = Results.read(run.result());
    if (finished.isPresent()) {
      return finished;
    }
    RunLock lock = RunLock.acquire(disk, run.path());
    boolean resumed = Files.exists(run.journal());
    try (lock;
        Journal journal = Journal.open(disk, run.journal())) {
      journal.damage().ifPresent(progress::message);
      progress.message(
          "data: " + experiment.data().source().text() + "; seed " + experiment.seed());
      ExperimentData loaded = data.get();
      DataSeal.require(disk, run, loaded.sha256());
      loaded.keep(disk, run);
      RunSession session =
          new RunSession(run, loaded, journal, new SessionNotes(journal), progress, interrupted);
      loaded.notes().stream().limit(1).forEach(progress::message);
      loaded.notes().forEach(note -> session.notes().add(loaded.noteName(), note));
      if (!resumed) {
        CheckedData.of(loaded).suspicions().forEach(line -> session.notes().add("suspicion", line));
      }
      Optional<Results> results =
          new SearchPipeline(
                  loaded.experiment(),
                  searchedSpace(loaded.experiment()),
                  update,
                  estimator,
                  disk,
                  clock)
              .phases(session, resumed, begin);
      if (results.isEmpty()) {
        session.notes().add("interrupted", "stopped in order, to be resumed");
      }
      return results;
    }
  }

  private Optional<Results> phases(RunSession session, boolean resumed, Instant begin) {
    RetrainPhase retraining = new RetrainPhase(experiment, session, disk);
    Optional<Found> found = retraining.found();
    if (found.isPresent()) {
      retraining.rewindJournal();
      goesOn(session, resumed, "in the retraining after step " + retraining.steps());
    } else {
      found = find(session, resumed, begin);
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Found chosen = found.get();
    Scored winner = chosen.search().best().orElseThrow();
    new WinnerFiles(experiment, disk).write(session.run(), chosen, session.data());
    KillPoint.reached("retrain.before");
    double before = chosen.seconds();
    Instant start = retraining.found().isPresent() ? begin : clock.instant();
    DoubleSupplier seconds = () -> before + seconds(start);
    Optional<Retrained> model = retraining.run(chosen, seconds);
    if (model.isEmpty() || session.interrupted().getAsBoolean()) {
      return Optional.empty();
    }
    Retrained trained = model.get();
    TestRecord test =
        new TestReading(session, disk).record(goal(), trained.numbers(), trained.test());
    return conclude(session, chosen, winner, trained, test, seconds);
  }

  /** Searches and refines, or goes on in either. */
  private Optional<Found> find(RunSession session, boolean resumed, Instant begin) {
    RefinePhase refining = new RefinePhase(experiment, session, disk);
    boolean inRefinement = refining.search().isPresent();
    Optional<SearchState> search =
        inRefinement ? refining.search() : search(session, resumed, begin);
    if (search.isEmpty()) {
      return Optional.empty();
    }
    requireFinite(search.get().best().orElseThrow());
    KillPoint.reached("refine.before");
    Instant start = inRefinement ? begin : clock.instant();
    return refining.run(
        search.get(),
        () -> seconds(start),
        state -> {
          if (inRefinement) {
            goesOn(session, resumed, "in the refinement after step " + state.step());
          }
        });
  }

  private static void goesOn(RunSession session, boolean resumed, String where) {
    if (resumed) {
      session.progress().message("resumes " + where);
      session.notes().add("resume", where);
    }
    session.notes().begin();
  }

  private Optional<SearchState> search(RunSession session, boolean resumed, Instant begin) {
    if (experiment.given().isPresent()) {
      goesOn(session, resumed, "before the training");
      Architecture given = experiment.given().get();
      return Optional.of(SearchState.given(new Candidate(given, experiment.fixedOptimizer())));
    }
    return new SearchPhase(experiment, space, update, estimator, session, disk, clock)
        .run(
            () -> seconds(begin),
            state -> goesOn(session, resumed, "in the search after step " + state.step()));
  }

  private static void requireFinite(Scored winner) {
    if (winner.wasTried() && !winner.evaluation().isFinite()) {
      throw new UserError(
          UserError.Kind.DIVERGED,
          "search: every candidate diverged; lower the upper end of the learning rate's range or"
              + " raise the budget");
    }
  }

  private Optional<Results> conclude(
      RunSession session,
      Found found,
      Scored winner,
      Retrained retrained,
      TestRecord tested,
      DoubleSupplier seconds) {
    RunDirectory run = session.run();
    Score own = retrained.model().validation();
    Evaluation searched = winner.evaluation();
    double test = tested.figure().orElseThrow();
    double validation =
        winner.wasTried() ? goal().figure(searched.loss(), searched.accuracy()) : figure(own);
    if (session.interrupted().getAsBoolean()) {
      return Optional.empty();
    }
    new ExportPhase(experiment, session, disk).run(retrained, tested, validation);
    if (session.interrupted().getAsBoolean()) {
      return Optional.empty();
    }
    List<Baseline> baselines = session.data().baselines();
    if (session.data().hasLinearModel()
        && baselines.stream().noneMatch(each -> each.kind() == Baseline.Kind.LINEAR)) {
      session.limited("no linear model was trained to compare with" + TimeLimit.REASON);
    }
    Optional<Certificate> certificate = FirstRung.certificate(found.search());
    Results results =
        new Results(
            goal(),
            test,
            validation,
            tested.loss(),
            winner.wasTried() ? searched.loss() : own.loss(),
            found.candidate(),
            found.refinement(),
            certificate,
            tested.metrics(),
            tested.threshold(),
            baselines,
            retrained.model().earlyEnds(),
            found.examples() + retrained.model().examples(),
            BudgetPhases.of(
                JournalReader.read(run.journal()).entries(),
                found.examples(),
                retrained.model().examples()),
            seconds.getAsDouble(),
            experiment.seed(),
            "model/1");
    results.write(disk, run.result());
    session.progress().step(1, Map.of());
    experiment
        .search()
        .budget()
        .exceeded(results.budgetSeconds())
        .ifPresent(session.progress()::message);
    return Optional.of(results);
  }

  private Goal goal() {
    return experiment.goal();
  }

  private double figure(Score score) {
    return goal().figure(score.loss(), score.accuracy());
  }

  private double seconds(Instant begin) {
    return Duration.between(begin, clock.instant()).toMillis() / 1000.0;
  }
}
