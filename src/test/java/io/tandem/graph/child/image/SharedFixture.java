package io.tandem.graph.child.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.child.ArchitectureTensors;
import io.tandem.graph.child.SharedChild;
import io.tandem.graph.child.TrainingLogits;
import io.tandem.graph.child.TrainingNoise;
import io.tandem.graph.core.ManyInputs;
import io.tandem.graph.core.Precision;
import io.tandem.graph.gradient.Gradients;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.space.Architecture;
import io.tandem.space.ArchitectureSpace;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import io.tandem.testing.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** A shared image network with a loss on it, in float64. */
final class SharedFixture implements AutoCloseable {
  static final ConfigProto CONFIG =
      SessionConfig.ofBranches(new RuntimeSettings(Device.CPU, 1, 1, true, Precision.FLOAT32));
  static final int BATCH = 3;
  static final int CLASSES = 3;

  final Graph graph = new Graph();
  final Session session = new Session(graph, CONFIG);
  final Ops tf = Ops.create(graph);
  final SharedChild<TFloat64> network;
  final List<Operand<TFloat64>> full = new ArrayList<>();
  final List<Operand<TFloat64>> corners;
  final List<Operand<TInt32>> places;
  final Operand<TFloat64> logits;
  private final ArchitectureSpace space;
  private final Function<String, ? extends Architecture> parse;
  private final Placeholder<TInt32> choices;
  private final Placeholder<TFloat64> gates;
  private final Operand<TFloat64> loss;
  private final List<Operand<TFloat64>> open;

  SharedFixture(
      ArchitectureSpace space,
      Function<String, ? extends Architecture> parse,
      boolean gated,
      ImageShape image,
      BiFunction<Ops, ArchitectureTensors<TFloat64>, SharedChild<TFloat64>> factory) {
    this.space = space;
    this.parse = parse;
    int integers = space.integers();
    choices = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(integers)));
    gates = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(integers)));
    open = gated ? List.copyOf(tf.unstack(gates, (long) integers).output()) : List.of();
    List<Operand<TInt32>> chosen = List.copyOf(tf.unstack(choices, (long) integers).output());
    network = factory.apply(tf, new ArchitectureTensors<>(chosen, open));
    for (int index = 0; index < network.weights().size(); index++) {
      full.add(tf.constant(vector(index)));
    }
    corners = network.corners(network.weights());
    places = network.places();
    TrainingLogits<TFloat64> training = network.trainingLogits(corners, rows(tf, image), noise(tf));
    logits = training.output();
    loss = loss(tf, training);
  }

  List<Operand<TFloat64>> gradient() {
    return Gradients.of(tf, loss, corners);
  }

  /** The Hessian times a direction. */
  List<Operand<TFloat64>> product(List<Operand<TFloat64>> gradient) {
    List<Operand<TFloat64>> directions = new ArrayList<>();
    for (int index = 0; index < full.size(); index++) {
      directions.add(tf.constant(direction(index)));
    }
    return along(tf, gradient, network.corners(directions), corners);
  }

  int length(int index) {
    return (int) network.shape(index).size();
  }

  double[] vector(int index) {
    return Derivatives.numbers(length(index), 3 + index);
  }

  double[] direction(int index) {
    return Derivatives.numbers(length(index), 160 + index);
  }

  /** All weights become a number, then the corner of an architecture its values. */
  void load(String encoding, double elsewhere) {
    List<Op> fill = new ArrayList<>();
    List<Op> write = new ArrayList<>();
    List<Operand<TFloat64>> values = network.corners(full);
    for (int index = 0; index < full.size(); index++) {
      Variable<TFloat64> variable = network.weights().get(index);
      double[] constant = new double[length(index)];
      Arrays.fill(constant, elsewhere);
      fill.add(network.assign(index, variable, tf.constant(constant)));
      write.add(network.write(index, variable, places.get(index), values.get(index)));
    }
    run(encoding, fill);
    run(encoding, write);
  }

  /** All weights get their values. */
  void loadAll(String encoding) {
    List<Op> fill = new ArrayList<>();
    for (int index = 0; index < full.size(); index++) {
      fill.add(network.assign(index, network.weights().get(index), full.get(index)));
    }
    run(encoding, fill);
  }

  void run(String encoding, List<? extends Op> targets) {
    try (TInt32 tensor = TInt32.vectorOf(integers(encoding))) {
      Session.Runner runner = session.runner().feed(choices, tensor);
      targets.forEach(runner::addTarget);
      runner.run().close();
    }
  }

  List<double[]> fetch(String encoding, List<Operand<TFloat64>> fetches) {
    try (TInt32 tensor = TInt32.vectorOf(integers(encoding))) {
      return Doubles.fetch(session.runner().feed(choices, tensor), fetches);
    }
  }

  private int[] integers(String encoding) {
    return space.encode(parse.apply(encoding)).stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Value, gradient and Hessian product of architectures are those of their own networks, where all
   * weights that they do not use are no numbers.
   *
   * @param slots by weight of the own network, where its values lie, one piece after another
   */
  <N extends ImageNetwork> void agreesWithOwn(
      List<String> encodings, Function<String, N> own, Function<N, List<List<Slot>>> slots) {
    List<Operand<TFloat64>> gradient = gradient();
    List<Operand<TFloat64>> product = product(gradient);
    List<Operand<TFloat64>> fetches = new ArrayList<>();
    fetches.add(logits);
    fetches.addAll(gradient);
    fetches.addAll(product);
    int vectors = full.size();
    for (String encoding : encodings) {
      load(encoding, Double.NaN);
      List<double[]> actual = fetch(encoding, fetches);
      N network = own.apply(encoding);
      compare(
          network,
          slots.apply(network),
          actual.get(0),
          actual.subList(1, 1 + vectors),
          actual.subList(1 + vectors, 1 + 2 * vectors));
    }
  }

  private void compare(
      ImageNetwork own,
      List<List<Slot>> slots,
      double[] actual,
      List<double[]> gradient,
      List<double[]> product) {
    try (Graph ownGraph = new Graph();
        Session ownSession = new Session(ownGraph, CONFIG)) {
      Ops ops = Ops.create(ownGraph);
      List<Operand<TFloat64>> weights = new ArrayList<>();
      List<Operand<TFloat64>> directions = new ArrayList<>();
      for (int index = 0; index < slots.size(); index++) {
        Shape shape = own.shapes().get(index);
        double[] values = gather(slots.get(index), this::vector);
        double[] along = gather(slots.get(index), this::direction);
        weights.add(Tensors.tensor(ops, values, shape, TFloat64.class));
        directions.add(Tensors.tensor(ops, along, shape, TFloat64.class));
      }
      TrainingLogits<TFloat64> training =
          own.trainingPass(ops, weights, rows(ops, own.image()), noise(ops), Precision.FLOAT32)
              .logits();
      List<Operand<TFloat64>> first = Gradients.of(ops, loss(ops, training), weights);
      List<Operand<TFloat64>> fetches = new ArrayList<>();
      fetches.add(training.output());
      fetches.addAll(first);
      fetches.addAll(along(ops, first, directions, weights));
      List<double[]> expected = Doubles.fetch(ownSession.runner(), fetches);
      near(actual, expected.get(0), 1e-9);
      for (int index = 0; index < slots.size(); index++) {
        List<Slot> here = slots.get(index).stream().map(Slot::inCorner).toList();
        near(gather(here, gradient::get), expected.get(1 + index), 1e-8);
        near(gather(here, product::get), expected.get(1 + slots.size() + index), 1e-7);
      }
    }
  }

  private static double[] gather(List<Slot> slots, IntFunction<double[]> vectors) {
    return slots.stream()
        .flatMapToDouble(slot -> Arrays.stream(slot.of(vectors.apply(slot.vector()))))
        .toArray();
  }

  /** Executed operations by type in a step: loss and gradient. */
  Map<String, Integer> executed(List<Operand<TFloat64>> gradient, String encoding) {
    load(encoding, 0);
    Map<String, Integer> counts = new TreeMap<>();
    try (TInt32 tensor = TInt32.vectorOf(integers(encoding))) {
      Session.Runner runner =
          session
              .runner()
              .setOptions(
                  RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build())
              .feed(choices, tensor)
              .fetch(loss);
      gradient.forEach(runner::fetch);
      try (var run = runner.runAndFetchMetadata()) {
        var metadata = run.getMetadata().orElseThrow();
        for (DeviceStepStats device : metadata.getStepStats().getDevStatsList()) {
          for (NodeExecStats node : device.getNodeStatsList()) {
            GraphOperation operation = graph.operation(node.getNodeName());
            if (operation != null) {
              counts.merge(operation.type(), 1, Integer::sum);
            }
          }
        }
      }
    }
    return counts;
  }

  /** No operation on reals has more inputs than TensorFlow visits in order. */
  void joinsFewAtATime() {
    Iterator<GraphOperation> operations = graph.operations();
    while (operations.hasNext()) {
      GraphOperation operation = operations.next();
      boolean real =
          operation.numOutputs() > 0 && operation.output(0).dataType() == DataType.DT_DOUBLE;
      assertThat(real ? operation.numInputs() : 0).as(operation.name()).isLessThanOrEqualTo(8);
    }
  }

  void gatesAgreeWithDifferences(String encoding) {
    double[] all = new double[open.size()];
    Arrays.fill(all, 1);
    loadAll(encoding);
    try (TInt32 tensor = TInt32.vectorOf(integers(encoding));
        TFloat64 none = TFloat64.vectorOf(all)) {
      List<double[]> slopes =
          Doubles.fetch(
              session.runner().feed(choices, tensor).feed(gates, none),
              Gradients.of(tf, loss, open));
      double[] differences =
          Doubles.differences(
              point -> {
                try (TFloat64 moved = TFloat64.vectorOf(point)) {
                  return Doubles.fetch(
                          session.runner().feed(choices, tensor).feed(gates, moved), List.of(loss))
                      .get(0)[0];
                }
              },
              all,
              1e-5);
      double largest = 0;
      for (int gate = 0; gate < all.length; gate++) {
        assertThat(slopes.get(gate)[0]).isCloseTo(differences[gate], within(1e-6));
        largest = Math.max(largest, Math.abs(differences[gate]));
      }
      assertThat(largest).isGreaterThan(1e-2);
    }
  }

  /** Where a weight of a dedicated network lies: in which vector, from where, how many. */
  record Slot(int vector, int begin, int corner, int size) {
    double[] of(double[] values) {
      return Arrays.copyOfRange(values, begin, begin + size);
    }

    Slot inCorner() {
      return new Slot(vector, begin - corner, 0, size);
    }
  }

  static Operand<TFloat64> rows(Ops tf, ImageShape image) {
    return Tensors.tensor(
        tf,
        Derivatives.numbers(BATCH * image.size(), 1),
        Shape.of(BATCH, image.size()),
        TFloat64.class);
  }

  /** At the end of a training, where noise that grows is largest. */
  private static TrainingNoise<TFloat64> noise(Ops tf) {
    return new TrainingNoise<>(tf.constant(new long[] {3, 4}), tf.constant(1.0));
  }

  private static Operand<TFloat64> loss(Ops tf, TrainingLogits<TFloat64> logits) {
    Operand<TFloat64> main = loss(tf, logits.output());
    return logits.auxiliary().isEmpty()
        ? main
        : tf.math.add(main, loss(tf, logits.auxiliary().get().logits()));
  }

  static Operand<TFloat64> loss(Ops tf, Operand<TFloat64> logits) {
    Operand<TFloat64> weights =
        Tensors.tensor(
            tf, Derivatives.numbers(BATCH * CLASSES, 2), Shape.of(BATCH, CLASSES), TFloat64.class);
    return tf.reduceSum(tf.math.mul(tf.math.sin(logits), weights), tf.constant(new int[] {0, 1}));
  }

  static List<Operand<TFloat64>> along(
      Ops tf,
      List<Operand<TFloat64>> gradient,
      List<Operand<TFloat64>> directions,
      List<Operand<TFloat64>> by) {
    List<Operand<TFloat64>> products = new ArrayList<>();
    for (int index = 0; index < gradient.size(); index++) {
      Operand<TFloat64> product = tf.math.mul(gradient.get(index), directions.get(index));
      products.add(tf.reduceSum(tf.reshape(product, tf.constant(new int[] {-1})), tf.constant(0)));
    }
    return Gradients.of(tf, ManyInputs.sum(tf, products), by);
  }

  static void near(double[] actual, double[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int index = 0; index < expected.length; index++) {
      assertThat(actual[index])
          .isCloseTo(expected[index], within(tolerance * (1 + Math.abs(expected[index]))));
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
