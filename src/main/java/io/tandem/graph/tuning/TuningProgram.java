package io.tandem.graph.tuning;

import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.child.Scalars;
import io.tandem.graph.core.GradientRegistry;
import io.tandem.graph.hypergradient.Hypergradient;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.hypergradient.UnrolledInput;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.training.LabelledRows;
import io.tandem.graph.tuning.TunedProblem.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * The graph and session in which a fixed network is trained and its training differentiated. Rows,
 * initial draws and the point live in variables. The same point gives the same bits.
 *
 * @param <T> float32 or float64
 */
public final class TuningProgram<T extends TFloating> implements AutoCloseable {
  private final Class<T> type;
  private final Graph graph = new Graph();
  private final Session session;
  private final Ops tf;
  private final PerceptronNetwork network;
  private final TargetLayout layout;
  private final List<Placeholder<TFloat64>> points = new ArrayList<>();
  private final List<Op> moves = new ArrayList<>();
  private final Operand<TFloat64> outerLoss;
  private final Operand<TFloat64> accuracy;
  private final Operand<TFloat64> curve;
  private final Operand<TFloat64> direct;
  private final Operand<TFloat64> response;
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
    GradientRegistry.install();
    this.type = type;
    session = new Session(graph, config);
    tf = Ops.create(graph);
    network =
        new PerceptronNetwork(settings.architecture(), data.training().columns(), data.classes());
    int learnt = settings.learntRows();
    int rows = learnt > 0 ? learnt : data.training().rows();
    layout = TargetLayout.of(settings, network, rows);
    TunedValues<T> values = new TunedValues<>(tf, type, settings, layout);
    declareMoves(values);
    Rows<T> validation = load(data.validation());
    boolean needed = learnt == 0 || settings.outerLoss() == OuterLoss.TRAINING;
    Rows<T> training = needed ? load(data.training()) : validation;
    TunedProblem<T> problem =
        new TunedProblem<>(
            network,
            settings,
            values,
            learnt > 0 ? learntRows(values, learnt, data.classes()) : training,
            settings.outerLoss() == OuterLoss.TRAINING ? training : validation,
            tf.constant(StdArrays.ndCopyOf(data.batches().toArray(new int[0][]))),
            data.noiseSeed());
    Hypergradient<T> hypergradient =
        estimator.build(
            tf,
            problem,
            new UnrolledInput<>(
                settings.rule().update(constants),
                InnerState.fresh(tf, start(settings, values, data.weightSeed())),
                TunedOptimizer.steps(tf, settings, values, type)),
            List.<Operand<T>>copyOf(values.coordinates()));
    outerLoss = wide(hypergradient.lossAfter());
    accuracy = wide(accuracy(validation, hypergradient.finalWeights()));
    curve =
        hypergradient.trainingLosses().isEmpty()
            ? tf.constant(new double[0])
            : wide(tf.stack(hypergradient.trainingLosses()));
    direct = join(hypergradient.direct());
    response = join(hypergradient.response());
    hypergradient
        .finalWeights()
        .forEach(weight -> trained.add(tf.dtypes.cast(weight, TFloat32.class)));
  }

  /** Where in a point each target lies. */
  public TargetLayout layout() {
    return layout;
  }

  /** The network that is trained. */
  public PerceptronNetwork network() {
    return network;
  }

  /** Number of operations in the graph. */
  public int size() {
    int count = 0;
    for (var all = graph.operations(); all.hasNext(); all.next()) {
      count++;
    }
    return count;
  }

  /**
   * Trains with a point and differentiates.
   *
   * @param point coordinates of all tuned targets
   */
  public TuningOutcome evaluate(double[] point) {
    move(point);
    try (Result result =
        session
            .runner()
            .fetch(outerLoss)
            .fetch(accuracy)
            .fetch(curve)
            .fetch(direct)
            .fetch(response)
            .run()) {
      return new TuningOutcome(
          doubles(result.get(0))[0],
          doubles(result.get(1))[0],
          doubles(result.get(2)),
          doubles(result.get(3)),
          doubles(result.get(4)));
    }
  }

  /**
   * Trains with a point.
   *
   * @param point coordinates of all tuned targets
   * @return the weights after the last step, in the order of the network
   */
  public List<float[]> train(double[] point) {
    move(point);
    Session.Runner runner = session.runner();
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
    session.close();
    graph.close();
  }

  private void move(double[] point) {
    List<Tensor> open = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      for (int index = 0; index < points.size(); index++) {
        TargetLayout.Block block = layout.blocks().get(index);
        double[] own = Arrays.copyOfRange(point, block.offset(), block.offset() + block.length());
        Tensor tensor = TFloat64.vectorOf(own);
        open.add(tensor);
        runner.feed(points.get(index), tensor);
      }
      moves.forEach(runner::addTarget);
      runner.run().close();
    } finally {
      open.forEach(Tensor::close);
    }
  }

  private void declareMoves(TunedValues<T> values) {
    for (Variable<T> vector : values.coordinates()) {
      Placeholder<TFloat64> value =
          tf.placeholder(TFloat64.class, Placeholder.shape(vector.shape()));
      points.add(value);
      moves.add(tf.assign(vector, tf.dtypes.cast(value, type)));
    }
  }

  private Rows<T> load(LabelledRows rows) {
    Shape shape = Shape.of(rows.rows(), rows.columns());
    Variable<T> features = tf.variable(shape, type);
    Variable<TInt32> labels = tf.variable(Shape.of(rows.rows()), TInt32.class);
    Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    Placeholder<TInt32> y = tf.placeholder(TInt32.class, Placeholder.shape(labels.shape()));
    Op first = tf.assign(features, tf.dtypes.cast(x, type));
    Op second = tf.assign(labels, y);
    try (TFloat32 xs = TFloat32.tensorOf(shape, DataBuffers.of(rows.features()));
        TInt32 ys = TInt32.vectorOf(rows.labels())) {
      session.runner().feed(x, xs).feed(y, ys).addTarget(first).addTarget(second).run().close();
    }
    return new Rows<>(features, labels);
  }

  private Rows<T> learntRows(TunedValues<T> values, int rows, int classes) {
    int[] labels = IntStream.range(0, rows).map(row -> row % classes).toArray();
    Shape shape = Shape.of(rows, network.features());
    return new Rows<>(values.part(Target.INPUTS, 0, shape), tf.constant(labels));
  }

  /** The draws are kept in variables: they are made once, and scaled in every training. */
  private List<Operand<T>> start(TuningSettings settings, TunedValues<T> values, long seed) {
    List<Operand<T>> draws = draws(settings.initialisation(), seed);
    List<Operand<T>> weights = new ArrayList<>();
    Session.Runner runner = session.runner();
    for (int index = 0; index < draws.size(); index++) {
      Variable<T> kept = tf.variable(network.shapes().get(index), type);
      runner.addTarget(tf.assign(kept, draws.get(index)));
      weights.add(tf.math.mul(kept, values.scalar(Target.INITIAL_SCALE, 0, index / 2)));
    }
    runner.run().close();
    return weights;
  }

  private List<Operand<T>> draws(Initialisation initialisation, long seed) {
    List<Shape> shapes = network.shapes();
    return switch (initialisation) {
      case BY_FAN_IN -> network.initialWeights(tf, type, seed, Scalars.of(tf, 1, type));
      case NORMAL ->
          IntStream.range(0, shapes.size())
              .<Operand<T>>mapToObj(
                  index -> {
                    Operand<TInt64> own = tf.constant(new long[] {seed, index});
                    return tf.random.statelessRandomNormal(
                        tf.constant(shapes.get(index).asArray()), own, type);
                  })
              .toList();
      case ZERO ->
          shapes.stream()
              .<Operand<T>>map(
                  shape -> tf.fill(tf.constant(shape.asArray()), Scalars.of(tf, 0, type)))
              .toList();
    };
  }

  private Operand<T> accuracy(Rows<T> rows, List<Operand<T>> weights) {
    Operand<T> logits = network.logits(tf, weights, rows.features());
    Operand<TInt32> found = tf.math.argMax(logits, tf.constant(1), TInt32.class);
    Operand<T> right = tf.dtypes.cast(tf.math.equal(found, rows.labels()), type);
    return tf.math.mean(right, tf.constant(0));
  }

  private Operand<TFloat64> join(List<Operand<T>> gradients) {
    List<Operand<TFloat64>> parts = gradients.stream().map(this::wide).toList();
    return parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(0));
  }

  private Operand<TFloat64> wide(Operand<T> tensor) {
    return tf.dtypes.cast(tensor, TFloat64.class);
  }

  private static double[] doubles(Tensor tensor) {
    TFloat64 typed = (TFloat64) tensor;
    double[] values = new double[Math.toIntExact(typed.size())];
    if (values.length > 0) {
      typed.copyTo(DataBuffers.of(values, false, false));
    }
    return values;
  }
}
