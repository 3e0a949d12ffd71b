package io.tandem.run.search;

import io.tandem.config.Experiment;
import io.tandem.disk.Disk;
import io.tandem.disk.DurationText;
import io.tandem.disk.RunDirectory;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.inner.OptimizerUpdate;
import io.tandem.report.checkpoint.CheckpointStore;
import io.tandem.report.journal.MetricWriter;
import io.tandem.search.SearchRunner;
import io.tandem.search.SearchState;
import io.tandem.search.plan.TimeShares;
import io.tandem.space.SearchSpace;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/** The search with its static graph, which lives no longer than this phase. */
record SearchPhase(
    Experiment experiment,
    SearchSpace space,
    OptimizerUpdate update,
    HypergradientEstimator estimator,
    RunSession session,
    Disk disk,
    InstantSource clock) {
  /** Says how long the run will take, and returns how long its readings will. */
  private double estimate(double perExample) {
    TimeEstimate estimate =
        TimeEstimate.of(experiment, session.data(), session.data().searchStages(), perExample);
    estimate.text(experiment.search().budget().seconds()).ifPresent(session.progress()::message);
    return estimate.readings();
  }

  /**
   * Searches and derives, or goes on in either.
   *
   * @param seconds seconds since this process began to work on the run
   * @param started is told the state at which the search goes on
   * @return the final state with the winner; empty if interrupted, with a checkpoint written
   */
  Optional<SearchState> run(DoubleSupplier seconds, Consumer<SearchState> started) {
    RunDirectory run = session.run();
    CheckpointStore checkpoints =
        new CheckpointStore(
            disk, run.checkpoints(), experiment.report().keepCheckpoints(), session::warn);
    SearchRunner.Outputs outputs =
        new SearchRunner.Outputs(
            session.journal(),
            checkpoints,
            step ->
                experiment.report().tensorboard()
                    ? Optional.of(MetricWriter.open(disk, run.tensorboard(), step, clock))
                    : Optional.empty(),
            session.progress(),
            seconds,
            session.interrupted(),
            this::estimate);
    try (StaticGraph graph = new StaticGraph(experiment, space, session.data(), update)) {
      if (checkpoints.isEmpty() && !canTry(graph.time(), seconds.getAsDouble())) {
        started.accept(SearchState.initial());
        return Optional.of(untried(graph.time(), seconds.getAsDouble()));
      }
      Optional<String> limited = addResponse(graph, seconds.getAsDouble());
      SearchRunner runner =
          new SearchRunner(
              graph.load(),
              experiment.search(),
              experiment.report().checkpointEvery(),
              graph,
              outputs);
      return runner.run(
          state -> {
            started.accept(state);
            // A run that goes on behind the first step had the time.
            limited
                .filter(text -> state.step() == 0 && state.derivation().isEmpty())
                .ifPresent(session::limited);
          });
    }
  }

  /** Whether there is time to train a candidate before the winner is trained. */
  private boolean canTry(GraphTime time, double now) {
    TimeShares.Phase last =
        experiment.search().strategy().derives()
            ? TimeShares.Phase.DERIVE
            : TimeShares.Phase.SEARCH;
    double graphs = time.withoutResponse() * session.data().searchRows().folds();
    return now + graphs <= experiment.search().budget().end(last, now);
  }

  private SearchState untried(GraphTime time, double now) {
    session.limited(
        "after "
            + DurationText.inSeconds(now)
            + " search.budget.seconds leaves no time to compare candidates, as the graph that"
            + " trains them takes "
            + DurationText.inSeconds(time.withoutResponse())
            + "; a network drawn at random is trained with fixed_optimizer");
    return SearchState.untried(space.architecture(), experiment.fixedOptimizer(), experiment.seed())
        .atSeconds(now);
  }

  /**
   * Adds what a controller learns from, where there is time for it.
   *
   * @return what to say if there is not
   */
  private Optional<String> addResponse(StaticGraph graph, double now) {
    if (!experiment.search().strategy().sharesWeights()) {
      return Optional.empty();
    }
    double needed = graph.time().withResponse();
    if (now + needed > experiment.search().budget().end(TimeShares.Phase.SEARCH, now)) {
      return Optional.of(
          "after "
              + DurationText.inSeconds(now)
              + " search.budget.seconds leaves no time to train the controller, as its graph takes "
              + DurationText.inSeconds(needed)
              + "; the candidates are drawn by a controller that has not been trained");
    }
    graph.withResponse(estimator);
    return Optional.empty();
  }
}
