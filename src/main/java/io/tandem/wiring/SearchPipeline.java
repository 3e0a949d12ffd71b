package io.tandem.wiring;

import io.tandem.config.Experiment;
import io.tandem.data.DataSplit;
import io.tandem.graph.child.TrainedNetwork;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.inner.OptimizerUpdate;
import io.tandem.report.DataSeal;
import io.tandem.report.Disk;
import io.tandem.report.Journal;
import io.tandem.report.KillPoint;
import io.tandem.report.Progress;
import io.tandem.report.Results;
import io.tandem.report.RunDirectory;
import io.tandem.report.RunLock;
import io.tandem.report.UserError;
import io.tandem.retrain.RetrainedModel;
import io.tandem.retrain.Retrainer;
import io.tandem.search.Scored;
import io.tandem.search.SearchState;
import io.tandem.search.Strategy;
import io.tandem.space.Architecture;
import io.tandem.space.Candidate;
import io.tandem.space.OptimizerSpace;
import io.tandem.space.SearchSpace;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

  /** The space that the strategy searches: {@code enas} keeps the optimizer fixed. */
  static SearchSpace searchedSpace(Experiment experiment) {
    return experiment.search().strategy() == Strategy.ENAS
        ? new SearchSpace(
            experiment.space().architecture(), OptimizerSpace.fixed(experiment.fixedOptimizer()))
        : experiment.space();
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
      RunDirectory run, Supplier<DataSplit> data, Progress progress, BooleanSupplier interrupted) {
    Optional<Results> finished = Results.read(run.result());
    if (finished.isPresent()) {
      return finished;
    }
    Instant begin = clock.instant();
    RunLock lock = RunLock.acquire(disk, run.path());
    boolean resumed = Files.exists(run.journal());
    try (lock;
        Journal journal = Journal.open(disk, run.journal())) {
      progress.message(
          "data: " + experiment.data().source().text() + "; seed " + experiment.seed());
      DataSplit split = data.get();
      DataSeal.require(disk, run, split.sha256());
      RunSession session =
          new RunSession(run, split, journal, new SessionNotes(journal), progress, interrupted);
      split.notes().stream().limit(1).forEach(progress::message);
      split.notes().forEach(note -> session.notes().add("damaged_images", note));
      Optional<Results> results = phases(session, resumed, begin);
      if (results.isEmpty()) {
        session.notes().add("interrupted", "stopped in order, to be resumed");
      }
      return results;
    }
  }

  private Optional<Results> phases(RunSession session, boolean resumed, Instant begin) {
    Retrainer retrainer =
        new Retrainer(
            experiment.retrain(),
            experiment.inner(),
            experiment.augmentation(),
            experiment.runtime());
    RetrainPhase retraining = new RetrainPhase(experiment, retrainer, session, disk);
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
    Optional<RetrainedModel<TrainedNetwork>> model = retraining.run(chosen, seconds);
    if (model.isEmpty() || session.interrupted().getAsBoolean()) {
      return Optional.empty();
    }
    RetrainedModel<TrainedNetwork> trained = model.get();
    double test =
        new TestReading(session, disk)
            .accuracy(
                trained.network(),
                () -> retrainer.evaluate(trained, session.data().test()).accuracy());
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
    if (experiment.given().isEmpty()) {
      requireFinite(search.get().best().orElseThrow());
    }
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
      session.progress().message("goes on " + where);
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
    if (!winner.evaluation().isFinite()) {
      throw new UserError(
          UserError.Kind.RUN,
          "search: every candidate diverged; lower the upper end of the learning rate's range or"
              + " raise the budget");
    }
  }

  private Optional<Results> conclude(
      RunSession session,
      Found found,
      Scored winner,
      RetrainedModel<TrainedNetwork> model,
      double test,
      DoubleSupplier seconds) {
    RunDirectory run = session.run();
    double validation =
        experiment.given().isPresent()
            ? model.validation().accuracy()
            : winner.evaluation().accuracy();
    if (session.interrupted().getAsBoolean()) {
      return Optional.empty();
    }
    new ExportPhase(experiment, session, disk).run(model, test, validation);
    if (session.interrupted().getAsBoolean()) {
      return Optional.empty();
    }
    Results results =
        new Results(
            test,
            validation,
            found.candidate(),
            found.refinement(),
            found.examples() + model.examples(),
            seconds.getAsDouble(),
            experiment.seed(),
            "model/1");
    results.write(disk, run.result());
    session.progress().step(1, Map.of());
    return Optional.of(results);
  }

  private double seconds(Instant begin) {
    return Duration.between(begin, clock.instant()).toMillis() / 1000.0;
  }
}
