package io.tandem.wiring;

import io.tandem.config.Experiment;
import io.tandem.data.Seeds;
import io.tandem.graph.core.Placement;
import io.tandem.graph.core.SessionConfig;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.inner.OptimizerUpdate;
import io.tandem.graph.joint.ChildProgram;
import io.tandem.graph.joint.GraphInventory;
import io.tandem.graph.joint.GraphVariables;
import io.tandem.graph.joint.PolicyProgram;
import io.tandem.report.DiskErrors;
import io.tandem.search.SearchGraph;
import io.tandem.search.SearchRunner;
import io.tandem.space.SearchSpace;
import java.io.IOException;
import java.nio.file.Path;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.types.TFloat32;

/** The one graph and the one session of a search, in float32. */
final class StaticGraph implements AutoCloseable, SearchRunner.Variables {
  private final Graph graph;
  private final Session session;
  private final Experiment experiment;
  private final ChildProgram<TFloat32> child;
  private final GraphVariables variables;
  private final SearchGraph searchGraph;

  StaticGraph(
      Experiment experiment,
      SearchSpace space,
      ExperimentData data,
      OptimizerUpdate update,
      HypergradientEstimator estimator) {
    this.experiment = experiment;
    graph = new Graph();
    session = new Session(graph, SessionConfig.ofBranches(experiment.runtime()));
    PolicyProgram<TFloat32> policy =
        PolicyProgram.create(
            graph,
            session,
            TFloat32.class,
            space,
            experiment.controller(),
            experiment.search().clipOuterNorm(),
            Seeds.of(experiment.seed(), "controller/initial", 0),
            experiment.search().joint());
    child =
        data.child(graph, session, Placement.of(experiment.runtime()), space, update, estimator);
    variables = new GraphVariables(graph, session, child.passingVariables());
    child.load();
    searchGraph =
        new SearchGraph(
            space,
            policy,
            child,
            data.searchRows(),
            experiment.inner().unrollSteps(),
            experiment.inner().restarts(),
            !(experiment.response() instanceof ResponseSettings.None),
            experiment.seed());
  }

  SearchGraph searchGraph() {
    return searchGraph;
  }

  GraphInventory inventory() {
    return GraphInventory.of(graph);
  }

  @Override
  public void save(Path prefix) {
    try {
      variables.save(prefix);
    } catch (TensorFlowException failure) {
      throw DiskErrors.error(prefix, new IOException(failure.getMessage(), failure));
    }
  }

  @Override
  public void restore(Path prefix) {
    variables.restore(prefix);
  }

  @Override
  public void initialise() {
    variables.initialise();
    child.initialise(Seeds.of(experiment.seed(), "child/initial", 0), experiment.fixedOptimizer());
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
