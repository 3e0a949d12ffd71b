package io.tandem.graph.tuning;

import io.tandem.graph.hypergradient.Hypergradient;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.hypergradient.SolverCounts;
import io.tandem.graph.hypergradient.UnrolledInput;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.InnerState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * A tuned training whose steps are laid out in the graph, for every estimator behind {@link
 * HypergradientEstimator}. The same point gives the same bits.
 *
 * @param <T> float32 or float64
 */
public final class TuningProgram<T extends TFloating> implements TunedTraining {
  private final TuningGraph<T> graph;
  private final Operand<TFloat64> outerLoss;
  private final Operand<TFloat64> score;
  private final Operand<TFloat64> curve;
  private final Operand<TFloat64> direct;
  private final Operand<TFloat64> response;
  private final @Nullable SolverCounts counts;
  private final List<Operand<TFloat32>> trained = new ArrayList<>();

  /**
   * Builds the graph, loads the rows and draws the initial weights.
   *
   * @param type number type
   * @param settings the training
   * @param constants constants of the update rules
   * @param data rows, batches and seeds
   * @param estimator how the response is estimated
   * @param config threads, devices and memory of the session
   */
  public TuningProgram(
      Class<T> type,
      TuningSettings settings,
      InnerSettings constants,
      TuningData data,
      HypergradientEstimator estimator,
      ConfigProto config) {
    graph = new TuningGraph<>(type, settings, data, config);
    Ops tf = graph.tf;
    Hypergradient<T> hypergradient =
        estimator.build(
            tf,
            graph.problem,
            new UnrolledInput<>(
                settings.rule().update(constants),
                InnerState.fresh(tf, graph.start()),
                TunedOptimizer.steps(tf, settings, graph.values, type)),
            List.<Operand<T>>copyOf(graph.values.coordinates()));
    outerLoss = graph.wide(hypergradient.lossAfter());
    score = graph.score(hypergradient.finalWeights());
    curve =
        hypergradient.trainingLosses().isEmpty()
            ? tf.constant(new double[0])
            : graph.wide(tf.stack(hypergradient.trainingLosses()));
    direct = graph.join(hypergradient.direct());
    response = graph.join(hypergradient.response());
    counts = SolverCounts.of(tf, hypergradient.solver());
    hypergradient
        .finalWeights()
        .forEach(weight -> trained.add(tf.dtypes.cast(weight, TFloat32.class)));
  }

  @Override
  public TargetLayout layout() {
    return graph.layout;
  }

  @Override
  public TuningOutcome evaluate(double[] point) {
    graph.move(point);
    Session.Runner runner =
        graph
            .session
            .runner()
            .fetch(outerLoss)
            .fetch(score)
            .fetch(curve)
            .fetch(direct)
            .fetch(response);
    if (counts != null) {
      runner.fetch(counts.numbers());
    }
    try (Result result = runner.run()) {
      return new TuningOutcome(
          TuningGraph.doubles(result.get(0))[0],
          TuningGraph.doubles(result.get(1))[0],
          TuningGraph.doubles(result.get(2)),
          TuningGraph.doubles(result.get(3)),
          TuningGraph.doubles(result.get(4)),
          "",
          counts == null ? null : counts.outcome(TuningGraph.doubles(result.get(5)), 0),
          null);
    }
  }

  @Override
  public double loss(double[] point) {
    graph.move(point);
    try (Result result = graph.session.runner().fetch(outerLoss).run()) {
      return TuningGraph.doubles(result.get(0))[0];
    }
  }

  @Override
  public void redraw(List<int[]> batches, long weightSeed) {
    graph.putBatches(batches);
    graph.redraw(weightSeed);
  }

  @Override
  public List<float[]> train(double[] point) {
    graph.move(point);
    Session.Runner runner = graph.session.runner();
    trained.forEach(runner::fetch);
    List<float[]> weights = new ArrayList<>();
    try (Result result = runner.run()) {
      for (int index = 0; index < trained.size(); index++) {
        TFloat32 tensor = (TFloat32) result.get(index);
        float[] values = new float[Math.toIntExact(tensor.size())];
        tensor.copyTo(DataBuffers.of(values, false, false));
        weights.add(values);
      }
    }
    return weights;
  }

  @Override
  public void close() {
    graph.close();
  }
}
