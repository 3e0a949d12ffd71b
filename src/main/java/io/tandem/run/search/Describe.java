package io.tandem.run.search;

import io.tandem.config.Experiment;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.joint.GraphInventory;
import io.tandem.run.task.ExperimentData;
import io.tandem.space.SearchSpace;

/** Builds the static graph of an experiment, without running it, and takes stock of it. */
public final class Describe {
  private Describe() {}

  /**
   * The inventory of an experiment's graph.
   *
   * @param experiment checked configuration
   * @param data its data
   */
  public static GraphInventory graph(Experiment experiment, ExperimentData data) {
    SearchSpace space = searchedSpace(experiment);
    try (StaticGraph graph =
        new StaticGraph(
            experiment, space, data, new FamilySwitch(space.families(), experiment.inner()))) {
      if (experiment.search().strategy().sharesWeights()) {
        graph.withResponse(HypergradientEstimator.of(experiment.response()));
      }
      return graph.inventory();
    }
  }

  /**
   * The space that the experiment's strategy searches.
   *
   * @param experiment checked configuration
   */
  public static SearchSpace searchedSpace(Experiment experiment) {
    return SearchPipeline.searchedSpace(experiment);
  }

  /**
   * The most that the states of a refinement take, for a family with two slots per weight.
   *
   * @param steps training steps
   * @param weights of the network
   */
  public static double mostRefinementBytes(int steps, long weights) {
    return 3.0 * Float.BYTES * weights * Math.min(steps, RefineMemory.enough(steps));
  }
}
