package io.tandem.graph.tuning;

import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.child.RowInput;
import io.tandem.graph.core.Scalars;
import io.tandem.graph.gradient.GradientRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
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
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * The graph in which a fixed network is trained: rows, initial draws and the point live in
 * variables.
 *
 * @param <T> float32 or float64
 */
final class TuningGraph<T extends TFloating> implements AutoCloseable {
  final Class<T> type;
  final Graph graph = new Graph();
  final Session session;
  final Ops tf;
  final PerceptronNetwork network;
  final TargetLayout layout;
  final TuningSettings settings;
  final TunedValues<T> values;
  final TunedProblem<T> problem;
  private final TuningData data;
  private final PlacedRows<T> validation;
  private final Variable<TInt32> batches;
  private final List<Variable<T>> kept = new ArrayList<>();
  private final List<Placeholder<TFloat64>> points = new ArrayList<>();
  private final List<Op> moves = new ArrayList<>();

  TuningGraph(Class<T> type, TuningSettings settings, TuningData data, ConfigProto config) {
    GradientRegistry.install();
    this.type = type;
    this.settings = settings;
    this.data = data;
    session = new Session(graph, config);
    tf = Ops.create(graph);
    network =
        new PerceptronNetwork(
            settings.architecture(), RowInput.of(data.training().examples()), data.outputs());
    int learnt = settings.learntRows();
    int rows = learnt > 0 ? learnt : data.training().rows();
    layout = TargetLayout.of(settings, network, rows);
    values = new TunedValues<>(tf, type, settings, layout);
    declareMoves();
    validation = PlacedRows.load(tf, session, data.validation(), type);
    boolean needed = learnt == 0 || settings.outerLoss() == OuterLoss.TRAINING;
    PlacedRows<T> training =
        needed ? PlacedRows.load(tf, session, data.training(), type) : validation;
    batches =
        tf.variable(Shape.of(data.batches().size(), data.batches().get(0).length), TInt32.class);
    putBatches(data.batches());
    problem =
        new TunedProblem<>(
            network,
            settings,
            values,
            learnt > 0 ? learntRows(learnt) : training,
            settings.outerLoss() == OuterLoss.TRAINING ? training : validation,
            batches,
            isWhole(data.batches()),
            data.noiseSeed(),
            data.training().classWeights());
  }

  /** How well some weights do on the validation rows, scalar. */
  Operand<TFloat64> score(List<Operand<T>> weights) {
    return validation.targets().score(tf, network.logits(tf, weights, validation.features()));
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  /** Puts a point into the variables. */
  void move(double[] point) {
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

  /** Whether every step has all rows in their order. */
  private boolean isWhole(List<int[]> rows) {
    int all = settings.learntRows() > 0 ? settings.learntRows() : data.training().rows();
    return rows.size() == 1 && Arrays.equals(rows.get(0), IntStream.range(0, all).toArray());
  }

  /** Lets every step train on other rows; as many steps and rows as before. */
  void putBatches(List<int[]> rows) {
    if (isWhole(data.batches()) != isWhole(rows)) {
      throw new IllegalArgumentException(
          "batches of all rows cannot become others, nor others such");
    }
    Operand<TInt32> value = tf.constant(StdArrays.ndCopyOf(rows.toArray(new int[0][])));
    session.runner().addTarget(tf.assign(batches, value)).run().close();
  }

  /** Starts trainings from other initial weights. */
  void redraw(long seed) {
    Session.Runner runner = session.runner();
    List<Operand<T>> draws = draws(seed);
    for (int index = 0; index < kept.size(); index++) {
      runner.addTarget(tf.assign(kept.get(index), draws.get(index)));
    }
    runner.run().close();
  }

  private void declareMoves() {
    for (Variable<T> vector : values.coordinates()) {
      Placeholder<TFloat64> value =
          tf.placeholder(TFloat64.class, Placeholder.shape(vector.shape()));
      points.add(value);
      moves.add(tf.assign(vector, tf.dtypes.cast(value, type)));
    }
  }

  private PlacedRows<T> learntRows(int rows) {
    Shape shape = Shape.of(rows, network.features());
    return new PlacedRows<>(
        values.part(Target.INPUTS, 0, shape), LearntTargets.of(tf, type, data, rows));
  }

  /** The draws are kept in variables: they are made once, and scaled in every training. */
  List<Operand<T>> start() {
    List<Operand<T>> weights = new ArrayList<>();
    for (int index = 0; index < network.shapes().size(); index++) {
      Variable<T> weight = tf.variable(network.shapes().get(index), type);
      kept.add(weight);
      weights.add(tf.math.mul(weight, values.scalar(Target.INITIAL_SCALE, 0, index / 2)));
    }
    redraw(data.weightSeed());
    return weights;
  }

  /** The initial weights of a seed before they are scaled. */
  List<Operand<T>> draws(long seed) {
    List<Shape> shapes = network.shapes();
    return switch (settings.initialisation()) {
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

  /** A tensor in float64. */
  Operand<TFloat64> wide(Operand<T> tensor) {
    return tf.dtypes.cast(tensor, TFloat64.class);
  }

  /** Tensors one after the other as one vector in float64. */
  Operand<TFloat64> join(List<Operand<T>> tensors) {
    List<Operand<TFloat64>> parts = new ArrayList<>();
    for (Operand<T> tensor : tensors) {
      parts.add(tf.reshape(wide(tensor), tf.constant(new int[] {-1})));
    }
    return parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(0));
  }

  /** The tensors of a vector that {@link #join} made, in the shapes of the weights. */
  List<Operand<T>> split(Operand<TFloat64> vector) {
    List<Operand<T>> parts = new ArrayList<>();
    int offset = 0;
    for (Shape shape : network.shapes()) {
      int size = Math.toIntExact(shape.size());
      Operand<TFloat64> part =
          tf.slice(vector, tf.constant(new int[] {offset}), tf.constant(new int[] {size}));
      parts.add(tf.dtypes.cast(tf.reshape(part, tf.constant(shape.asArray())), type));
      offset += size;
    }
    return parts;
  }

  /** Number of weights. */
  int weights() {
    return Math.toIntExact(network.shapes().stream().mapToLong(Shape::size).sum());
  }

  /** The values of a float64 tensor, row by row. */
  static double[] doubles(Tensor tensor) {
    TFloat64 typed = (TFloat64) tensor;
    double[] values = new double[Math.toIntExact(typed.size())];
    if (values.length > 0) {
      typed.copyTo(DataBuffers.of(values, false, false));
    }
    return values;
  }
}
