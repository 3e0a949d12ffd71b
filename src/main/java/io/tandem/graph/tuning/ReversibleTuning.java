package io.tandem.graph.tuning;

import io.tandem.graph.hypergradient.reversible.FixedPointRangeException;
import io.tandem.graph.hypergradient.reversible.MomentumRule;
import io.tandem.graph.hypergradient.reversible.MomentumSchedule;
import io.tandem.graph.hypergradient.reversible.Reversible;
import io.tandem.graph.hypergradient.reversible.ReversibleGradient;
import io.tandem.graph.hypergradient.reversible.ReversibleInput;
import io.tandem.graph.hypergradient.reversible.TrainedVariable;
import io.tandem.graph.inner.UpdateRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * A tuned training by exact reversal (Maclaurin et al. 2015), whose memory does not grow with its
 * steps. The estimator differentiates by the values of every step and layer; the rest of the way to
 * the coordinates is the chain rule here.
 *
 * @param <T> float32 or float64
 */
final class ReversibleTuning<T extends TFloating> implements TunedTraining {
  private final TuningGraph<T> graph;
  private final TuningSettings settings;
  private final Reversible<T> reversible;
  private final List<double[]> draws = new ArrayList<>();
  private final List<Placeholder<TFloat64>> judged = new ArrayList<>();
  private final Operand<TFloat64> score;

  ReversibleTuning(Class<T> type, TuningSettings settings, TuningData data, ConfigProto config) {
    this.settings = settings;
    graph = new TuningGraph<>(type, settings, data, config);
    draw(data.weightSeed());
    List<Shape> shapes = graph.network.shapes();
    List<TrainedVariable> variables =
        IntStream.range(0, shapes.size())
            .mapToObj(
                index ->
                    new TrainedVariable(
                        graph.network.names().get(index), shapes.get(index), index / 2))
            .toList();
    List<Operand<T>> byLoss = new ArrayList<>();
    for (int index = 0; index < graph.layout.blocks().size(); index++) {
      if (isInLoss(graph.layout.blocks().get(index))) {
        byLoss.add(graph.values.coordinates().get(index));
      }
    }
    MomentumRule rule =
        settings.rule() == UpdateRule.AVERAGED_MOMENTUM
            ? MomentumRule.DAMPED
            : MomentumRule.HEAVY_BALL;
    reversible =
        new Reversible<>(
            graph.tf, new ReversibleInput<>(graph.problem, type, variables, byLoss, rule));
    List<Operand<T>> weights = new ArrayList<>();
    for (Shape shape : shapes) {
      Placeholder<TFloat64> weight = graph.tf.placeholder(TFloat64.class, Placeholder.shape(shape));
      judged.add(weight);
      weights.add(graph.tf.dtypes.cast(weight, type));
    }
    score = graph.score(weights);
  }

  private static boolean isInLoss(TargetLayout.Block block) {
    return block.settings().target().place() == Target.Place.LOSS;
  }

  @Override
  public TargetLayout layout() {
    return graph.layout;
  }

  @Override
  public TuningOutcome evaluate(double[] point) {
    try {
      ReversibleGradient gradient = run(point);
      double[] direct = new double[point.length];
      double[] response = new double[point.length];
      int inLoss = 0;
      for (TargetLayout.Block block : graph.layout.blocks()) {
        double[] own;
        if (isInLoss(block)) {
          double[] directly = gradient.direct().get(inLoss);
          System.arraycopy(directly, 0, direct, block.offset(), block.length());
          own = gradient.response().get(inLoss);
          inLoss++;
        } else {
          own = byCoordinates(block, point, gradient);
        }
        System.arraycopy(own, 0, response, block.offset(), block.length());
      }
      return new TuningOutcome(
          gradient.finalLoss(),
          scoreOf(gradient.finalWeights()),
          gradient.trainingLosses(),
          direct,
          response);
    } catch (FixedPointRangeException overflow) {
      return TuningOutcome.failed(point.length, String.valueOf(overflow.getMessage()));
    }
  }

  @Override
  public double loss(double[] point) {
    try {
      return run(point).finalLoss();
    } catch (FixedPointRangeException overflow) {
      return Double.NaN;
    }
  }

  @Override
  public void redraw(List<int[]> batches, long weightSeed) {
    graph.putBatches(batches);
    draw(weightSeed);
  }

  private void draw(long weightSeed) {
    List<Operand<TFloat64>> drawn = graph.draws(weightSeed).stream().map(graph::wide).toList();
    draws.clear();
    draws.addAll(fetch(graph.session.runner(), drawn));
  }

  @Override
  public List<float[]> train(double[] point) {
    List<float[]> weights = new ArrayList<>();
    for (double[] trained : run(point).finalWeights()) {
      float[] single = new float[trained.length];
      for (int index = 0; index < single.length; index++) {
        single[index] = (float) trained[index];
      }
      weights.add(single);
    }
    return weights;
  }

  @Override
  public void close() {
    graph.close();
  }

  private ReversibleGradient run(double[] point) {
    graph.move(point);
    MomentumSchedule schedule =
        new MomentumSchedule(
            values(Target.LEARNING_RATE, point),
            values(Target.MOMENTUM, point),
            values(Target.WEIGHT_DECAY, point));
    double[] scales = values(Target.INITIAL_SCALE, point)[0];
    List<double[]> start = new ArrayList<>();
    for (int index = 0; index < draws.size(); index++) {
      double[] scaled = draws.get(index).clone();
      for (int weight = 0; weight < scaled.length; weight++) {
        scaled[weight] *= scales[index / 2];
      }
      start.add(scaled);
    }
    return reversible.gradient(graph.session, start, schedule, runner -> {});
  }

  /** The values of a target, {@code [steps, layers]}. */
  private double[][] values(Target target, double[] point) {
    double[][] all = new double[settings.steps()][settings.layers()];
    TargetLayout.Block block = graph.layout.find(target).orElse(null);
    double[] found = block == null ? new double[0] : block.values(point);
    for (int step = 0; step < all.length; step++) {
      for (int layer = 0; layer < all[step].length; layer++) {
        all[step][layer] =
            block == null
                ? settings.of(target).initial()
                : found[element(block.settings().granularity(), step, layer)];
        if (target == Target.LEARNING_RATE) {
          all[step][layer] *= settings.scheduleFactor(step);
        }
      }
    }
    return all;
  }

  private int element(Granularity granularity, int step, int layer) {
    return switch (granularity) {
      case FIXED, GLOBAL -> 0;
      case LAYER -> layer;
      case STEP -> step;
      case LAYER_STEP -> step * settings.layers() + layer;
      case UNIT, WEIGHT, EXAMPLE, FEATURE ->
          throw new IllegalArgumentException(granularity + " is no schedule");
    };
  }

  private double[] byCoordinates(
      TargetLayout.Block block, double[] point, ReversibleGradient gradient) {
    TargetSettings own = block.settings();
    double[][] byValue =
        switch (own.target()) {
          case LEARNING_RATE -> gradient.schedule().learningRate();
          case MOMENTUM -> gradient.schedule().momentum();
          case WEIGHT_DECAY -> gradient.schedule().weightDecay();
          case INITIAL_SCALE -> byScale(gradient);
          case BETA2, EPSILON, CLIP_NORM, L2, LABEL_SMOOTHING, DROPOUT, EXAMPLE_WEIGHTS, INPUTS ->
              throw new IllegalStateException(own.target().key() + " is not reversed");
        };
    double[] values = block.values(point);
    double[] sums = new double[block.length()];
    for (int step = 0; step < byValue.length; step++) {
      for (int layer = 0; layer < byValue[step].length; layer++) {
        double factor = own.target() == Target.LEARNING_RATE ? settings.scheduleFactor(step) : 1;
        sums[element(own.granularity(), step, layer)] += factor * byValue[step][layer];
      }
    }
    for (int index = 0; index < sums.length; index++) {
      sums[index] *= slope(own, values[index]);
    }
    return sums;
  }

  /** One row: derivative by the scale of every layer. */
  private double[][] byScale(ReversibleGradient gradient) {
    double[] byLayer = new double[settings.layers()];
    for (int index = 0; index < draws.size(); index++) {
      double[] draw = draws.get(index);
      double[] derivative = gradient.initialWeights().get(index);
      for (int weight = 0; weight < draw.length; weight++) {
        byLayer[index / 2] += draw[weight] * derivative[weight];
      }
    }
    return new double[][] {byLayer};
  }

  /** Derivative of the value by its coordinate, at the value. */
  private static double slope(TargetSettings settings, double value) {
    return switch (settings.scale()) {
      case LINEAR -> 1;
      case LOG -> value;
      case LOGIT -> value * (1 - value);
    };
  }

  private double scoreOf(List<double[]> weights) {
    Session.Runner runner = graph.session.runner();
    List<Tensor> open = new ArrayList<>();
    try {
      for (int index = 0; index < weights.size(); index++) {
        Tensor tensor =
            TFloat64.tensorOf(
                graph.network.shapes().get(index), DataBuffers.of(weights.get(index)));
        open.add(tensor);
        runner.feed(judged.get(index), tensor);
      }
      return fetch(runner, List.of(score)).get(0)[0];
    } finally {
      open.forEach(Tensor::close);
    }
  }

  private static List<double[]> fetch(Session.Runner runner, List<Operand<TFloat64>> tensors) {
    tensors.forEach(runner::fetch);
    List<double[]> values = new ArrayList<>();
    try (Result result = runner.run()) {
      for (int index = 0; index < tensors.size(); index++) {
        values.add(TuningGraph.doubles(result.get(index)));
      }
    }
    return values;
  }
}
