package io.tandem.run.search;

import io.tandem.config.Experiment;
import io.tandem.data.Seeds;
import io.tandem.disk.DiskErrors;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.inner.OptimizerUpdate;
import io.tandem.graph.joint.ChildProgram;
import io.tandem.graph.joint.GraphInventory;
import io.tandem.graph.joint.GraphVariables;
import io.tandem.graph.joint.policy.LearningPolicy;
import io.tandem.graph.joint.policy.PolicyProgram;
import io.tandem.graph.session.Placement;
import io.tandem.graph.session.SessionConfig;
import io.tandem.run.task.ExperimentData;
import io.tandem.search.SearchGraph;
import io.tandem.search.SearchRunner;
import io.tandem.space.OptimizerSpace;
import io.tandem.space.SearchSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.types.TFloat32;

/**
 * The graph and the session of a search, in float32; further folds have small ones of their own.
 */
final class StaticGraph implements AutoCloseable, SearchRunner.Variables {
  private final Graph graph;
  private final Session session;
  private final Experiment experiment;
  private final SearchSpace space;
  private final ExperimentData data;
  private final LearningPolicy policy;
  private final ChildProgram<TFloat32> child;
  private final OptimizerUpdate update;
  private final int controllerOperations;
  private final List<FoldGraph> others = new ArrayList<>();
  private boolean learns;
  private @Nullable GraphVariables variables;

  /** The controller and the training and scoring of candidates. */
  StaticGraph(
      Experiment experiment, SearchSpace space, ExperimentData data, OptimizerUpdate update) {
    this.experiment = experiment;
    this.space = space;
    this.data = data;
    this.update = update;
    graph = new Graph();
    session = new Session(graph, SessionConfig.ofBranches(experiment.runtime()));
    policy =
        PolicyProgram.create(
            graph,
            session,
            TFloat32.class,
            learned(),
            experiment.controller(),
            experiment.search().clipOuterNorm(),
            Seeds.of(experiment.seed(), "controller/initial", 0),
            experiment.search().joint().gates());
    controllerOperations = GraphInventory.operations(graph);
    child = data.child(graph, session, Placement.of(experiment.runtime()), space, update, 0);
  }

  /** What the controller chooses: with two searches it chooses networks in one of them. */
  private SearchSpace learned() {
    return experiment.search().strategy().stages().size() == 1
        ? space
        : new SearchSpace(space.architecture(), OptimizerSpace.fixed(experiment.fixedOptimizer()));
  }

  /** Adds what the controller of a search with shared weights learns from. */
  StaticGraph withResponse(HypergradientEstimator estimator) {
    child.withResponse(estimator);
    learns = true;
    return this;
  }

  /** Adds the last operations and the data; nothing runs before. */
  SearchGraph load() {
    variables = new GraphVariables(graph, session, child.passingVariables());
    child.load();
    List<ChildProgram<?>> folds = new ArrayList<>(List.of(child));
    for (int fold = 1; fold < data.searchRows().folds(); fold++) {
      FoldGraph other = new FoldGraph(experiment, space, data, update, fold);
      others.add(other);
      folds.add(other.child());
    }
    return new SearchGraph(
        space,
        policy,
        child,
        folds,
        data.searchRows(),
        experiment.inner().unrollSteps(),
        experiment.inner().restarts(),
        innerLoop(),
        learns,
        experiment.goal(),
        experiment.seed());
  }

  private boolean innerLoop() {
    return !(experiment.response() instanceof ResponseSettings.None);
  }

  /** How large it is by now. */
  GraphTime time() {
    int operations = GraphInventory.operations(graph);
    return new GraphTime(operations, operations - controllerOperations, innerLoop());
  }

  GraphInventory inventory() {
    return GraphInventory.of(graph);
  }

  @Override
  public void save(Path prefix) {
    try {
      loaded().save(prefix);
    } catch (TensorFlowException failure) {
      throw DiskErrors.error(prefix, new IOException(failure.getMessage(), failure));
    }
  }

  @Override
  public void restore(Path prefix) {
    loaded().restore(prefix);
  }

  @Override
  public void initialise() {
    loaded().initialise();
    child.initialise(Seeds.of(experiment.seed(), "child/initial", 0), experiment.fixedOptimizer());
  }

  private GraphVariables loaded() {
    return Objects.requireNonNull(variables, "not loaded");
  }

  @Override
  public void close() {
    others.forEach(FoldGraph::close);
    session.close();
    graph.close();
  }
}
