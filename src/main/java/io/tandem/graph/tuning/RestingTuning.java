package io.tandem.graph.tuning;

import io.tandem.graph.hypergradient.Hypergradient;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.hypergradient.RestInput;
import io.tandem.graph.hypergradient.SolverCounts;
import io.tandem.graph.hypergradient.SolverOutcome;
import io.tandem.graph.hypergradient.UnrolledInput;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.OptimizerTensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * A tuned training that goes on until its gradient is small, and its implicit response there, both
 * to a tolerance of the outer step and from where those of the outer step before ended (Pedregosa
 * 2016, algorithm 1, HOAG). Every step has all rows.
 *
 * <p>The graph holds one step and is driven from outside; what goes from step to step, and from one
 * training to the next, are arrays here, so that the same point and start give the same bits.
 *
 * @param <T> float32 or float64
 */
final class RestingTuning<T extends TFloating> implements TunedTraining {
  // Beyond the solver's products: the gradient whose products they are, and the mixed derivative.
  private static final int OTHER_PASSES = 2;

  private final TuningGraph<T> graph;
  private final TuningSettings settings;
  private final RestSettings rest;
  private final Operand<TFloat64> initial;
  private final Placeholder<TFloat64> weights;
  private final Placeholder<TFloat64> solution;
  private final Placeholder<TFloat64> tolerance;
  private final RestingStep<T> step;
  private final Operand<TFloat64> outerLoss;
  private final Operand<TFloat64> score;
  private final Operand<TFloat64> direct;
  private final Operand<TFloat64> response;
  private final Operand<TFloat64> solved;
  private final SolverCounts counts;

  RestingTuning(
      Class<T> type,
      TuningSettings settings,
      RestSettings rest,
      InnerSettings constants,
      TuningData data,
      HypergradientEstimator estimator,
      ConfigProto config) {
    this.settings = settings;
    this.rest = rest;
    graph = new TuningGraph<>(type, settings, data, config);
    if (!graph.problem.whole()) {
      throw new IllegalArgumentException("a training to rest needs all rows in every step");
    }
    initial = graph.join(graph.start());
    Placeholder.Options shape = Placeholder.shape(Shape.of(graph.weights()));
    weights = graph.tf.placeholder(TFloat64.class, shape);
    solution = graph.tf.placeholder(TFloat64.class, shape);
    tolerance = graph.tf.placeholder(TFloat64.class, Placeholder.shape(Shape.scalar()));
    OptimizerTensors<T> optimizer =
        TunedOptimizer.steps(graph.tf, settings.withSteps(1), graph.values, type).get(0);
    step = new RestingStep<>(graph, settings.rule().update(constants), optimizer, weights);
    List<Operand<T>> parts = graph.split(weights);
    Hypergradient<T> hypergradient =
        estimator.build(
            graph.tf,
            graph.problem,
            new UnrolledInput<>(
                settings.rule().update(constants),
                InnerState.fresh(graph.tf, parts),
                List.of(),
                new RestInput<>(
                    optimizer,
                    0,
                    graph.tf.dtypes.cast(tolerance, type),
                    rest.warm() ? graph.split(solution) : List.of())),
            List.<Operand<T>>copyOf(graph.values.coordinates()));
    outerLoss = graph.wide(hypergradient.lossAfter());
    score = graph.score(parts);
    direct = graph.join(hypergradient.direct());
    response = graph.join(hypergradient.response());
    solved = graph.join(Objects.requireNonNull(hypergradient.solver()).solution());
    counts = Objects.requireNonNull(SolverCounts.of(graph.tf, hypergradient.solver()));
  }

  /**
   * A training.
   *
   * @param weights at its end
   * @param losses before every step, and at the end
   * @param norm of what is 0 at rest, at the end
   */
  private record Trained(double[] weights, double[] losses, double norm) {}

  @Override
  public TargetLayout layout() {
    return graph.layout;
  }

  @Override
  public TuningOutcome evaluate(double[] point) {
    return evaluate(point, rest.finalTolerance(), WarmStart.none());
  }

  @Override
  public TuningOutcome evaluate(double[] point, double asked, WarmStart start) {
    graph.move(point);
    Trained trained = trained(asked, rest.warm() ? start.weights() : new double[0]);
    double[] from = start.solution();
    try (TFloat64 at = TFloat64.vectorOf(trained.weights());
        TFloat64 limit = TFloat64.scalarOf(asked);
        TFloat64 begin =
            TFloat64.vectorOf(from.length == 0 ? new double[trained.weights().length] : from);
        Result result =
            graph
                .session
                .runner()
                .feed(weights, at)
                .feed(tolerance, limit)
                .feed(solution, begin)
                .fetch(outerLoss)
                .fetch(score)
                .fetch(direct)
                .fetch(response)
                .fetch(counts.numbers())
                .fetch(solved)
                .run()) {
      // Where the solver is given a solution it looks at what that leaves over.
      SolverOutcome solver =
          counts.outcome(TuningGraph.doubles(result.get(4)), rest.warm() ? 1 : 0);
      int gradients = trained.losses().length;
      return new TuningOutcome(
          TuningGraph.doubles(result.get(0))[0],
          TuningGraph.doubles(result.get(1))[0],
          trained.losses(),
          TuningGraph.doubles(result.get(2)),
          TuningGraph.doubles(result.get(3)),
          "",
          solver,
          new RestOutcome(
              gradients,
              trained.norm(),
              asked,
              (long) gradients + solver.products() + OTHER_PASSES,
              new WarmStart(trained.weights(), TuningGraph.doubles(result.get(5)))));
    }
  }

  @Override
  public double loss(double[] point) {
    graph.move(point);
    try (TFloat64 at = TFloat64.vectorOf(trained(rest.finalTolerance(), new double[0]).weights());
        Result result = graph.session.runner().feed(weights, at).fetch(outerLoss).run()) {
      return TuningGraph.doubles(result.get(0))[0];
    }
  }

  @Override
  public List<float[]> train(double[] point) {
    graph.move(point);
    double[] all = trained(rest.finalTolerance(), new double[0]).weights();
    int offset = 0;
    List<float[]> parts = new ArrayList<>();
    for (Shape shape : graph.network.shapes()) {
      float[] part = new float[Math.toIntExact(shape.size())];
      for (int index = 0; index < part.length; index++) {
        part[index] = (float) all[offset + index];
      }
      parts.add(part);
      offset += part.length;
    }
    return parts;
  }

  @Override
  public void redraw(List<int[]> batches, long weightSeed) {
    graph.putBatches(batches);
    graph.redraw(weightSeed);
  }

  @Override
  public void close() {
    graph.close();
  }

  private Trained trained(double asked, double[] from) {
    double[] at = from.length == 0 ? initialWeights() : from;
    RestingStep.State state = RestingStep.State.fresh(at);
    double[] losses = new double[settings.steps() + 1];
    for (int done = 0; ; done++) {
      RestingStep.Taken taken = step.take(state);
      losses[done] = taken.loss();
      // Not a number is not above.
      if (done == settings.steps() || !(taken.norm() > asked)) {
        return new Trained(state.weights(), Arrays.copyOf(losses, done + 1), taken.norm());
      }
      state = taken.state();
    }
  }

  private double[] initialWeights() {
    try (Result result = graph.session.runner().fetch(initial).run()) {
      return TuningGraph.doubles(result.get(0));
    }
  }
}
