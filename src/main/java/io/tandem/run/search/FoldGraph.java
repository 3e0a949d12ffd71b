package io.tandem.run.search;

import io.tandem.config.Experiment;
import io.tandem.data.Seeds;
import io.tandem.graph.inner.OptimizerUpdate;
import io.tandem.graph.joint.ChildProgram;
import io.tandem.graph.session.Placement;
import io.tandem.graph.session.SessionConfig;
import io.tandem.run.task.ExperimentData;
import io.tandem.space.SearchSpace;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * The graph in which candidates are trained from scratch on a fold after the first. Folds have
 * graphs of their own because they may have different columns. Nothing of it is worth a checkpoint:
 * every training begins with new weights and empty slots.
 */
final class FoldGraph implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Session session;
  private final ChildProgram<TFloat32> child;

  /**
   * Builds it and loads its rows.
   *
   * @param experiment configuration
   * @param space what is searched
   * @param data its data
   * @param update the optimizer families of the space
   * @param fold from 1
   */
  FoldGraph(
      Experiment experiment,
      SearchSpace space,
      ExperimentData data,
      OptimizerUpdate update,
      int fold) {
    session = new Session(graph, SessionConfig.ofBranches(experiment.runtime()));
    child = data.child(graph, session, Placement.of(experiment.runtime()), space, update, fold);
    child.load();
    child.initialise(
        Seeds.of(experiment.seed(), "child/initial", fold), experiment.fixedOptimizer());
  }

  ChildProgram<TFloat32> child() {
    return child;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
