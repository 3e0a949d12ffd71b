package io.tandem.wiring;

import io.tandem.config.Experiment;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.inner.OptimizerUpdate;
import io.tandem.report.CheckpointStore;
import io.tandem.report.Disk;
import io.tandem.report.MetricWriter;
import io.tandem.report.RunDirectory;
import io.tandem.search.SearchCosts;
import io.tandem.search.SearchRunner;
import io.tandem.search.SearchState;
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
  private void estimate(double perExample) {
    SearchCosts costs = session.data().searchCosts();
    TimeEstimate estimate = TimeEstimate.of(experiment, session.data(), costs, perExample);
    estimate.text(experiment.search().budget().seconds()).ifPresent(session.progress()::message);
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
    try (StaticGraph graph =
        new StaticGraph(experiment, space, session.data(), update, estimator)) {
      SearchRunner runner =
          new SearchRunner(
              graph.searchGraph(),
              experiment.search(),
              experiment.report().checkpointEvery(),
              graph,
              outputs);
      return runner.run(started);
    }
  }
}
