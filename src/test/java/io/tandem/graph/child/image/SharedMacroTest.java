package io.tandem.graph.child.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.child.ArchitectureTensors;
import io.tandem.graph.core.Device;
import io.tandem.graph.core.Gradients;
import io.tandem.graph.core.Precision;
import io.tandem.graph.core.RuntimeSettings;
import io.tandem.graph.core.SessionConfig;
import io.tandem.space.Architecture;
import io.tandem.space.ConvolutionOperation;
import io.tandem.space.Decision;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MacroSpace;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import io.tandem.testing.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
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

/**
 * What an architecture computes on the shared weights must be what its own network computes, in
 * value and in derivatives, and nothing else may run or be touched.
 */
class SharedMacroTest {
  private static final MacroSpace SPACE =
      new MacroSpace(6, 3, List.of(ConvolutionOperation.values()), true, 0);
  private static final ImageShape IMAGE = new ImageShape(5, 6, 2);
  private static final int BATCH = 3;
  private static final int CLASSES = 3;
  private static final ConfigProto CONFIG =
      SessionConfig.ofBranches(new RuntimeSettings(Device.CPU, 1, 1, true, Precision.FLOAT32));
  // Every operation, and reductions that are needed not at all, once and twice.
  private static final List<String> ENCODINGS =
      List.of(
          "0 1 0 2 0 0 3 0 0 0 4 0 0 0 0 5 0 0 0 0 0",
          "5 4 1 3 1 1 2 0 1 0 1 0 0 1 0 0 0 0 1 0 1",
          "2 2 0 0 1 0 5 1 0 1 3 1 0 0 1 1 1 1 1 1 1");

  @Test
  void sharedParameters_ofTheSpace_areThoseOfTheVariables() {
    try (Child child = new Child(false)) {
      long size = child.network.weights().stream().mapToLong(weight -> weight.shape().size()).sum();
      assertThat(SPACE.sharedParameters(IMAGE.channels(), CLASSES)).isEqualTo(size);
    }
  }

  /** The shared network with a loss on it. */
  private static final class Child implements AutoCloseable {
    private final Graph graph = new Graph();
    private final Session session = new Session(graph, CONFIG);
    private final Ops tf = Ops.create(graph);
    private final Placeholder<TInt32> choices;
    private final Placeholder<TFloat64> gates;
    private final SharedMacro<TFloat64> network;
    private final List<Operand<TFloat64>> full = new ArrayList<>();
    private final List<Operand<TFloat64>> corners;
    private final List<Operand<TInt32>> places;
    private final Operand<TFloat64> logits;
    private final Operand<TFloat64> loss;
    private final List<Operand<TFloat64>> open;

    Child(boolean gated) {
      int integers = SPACE.integers();
      choices = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(integers)));
      gates = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(integers)));
      open = gated ? List.copyOf(tf.unstack(gates, (long) integers).output()) : List.of();
      network =
          new SharedMacro<>(
              tf,
              Precision.FLOAT32,
              TFloat64.class,
              SPACE,
              new ArchitectureTensors<>(
                  List.copyOf(tf.unstack(choices, (long) integers).output()), open),
              IMAGE,
              CLASSES);
      for (int index = 0; index < network.weights().size(); index++) {
        full.add(tf.constant(vector(index)));
      }
      corners = network.corners(network.weights());
      places = network.places();
      logits = network.logits(corners, rows(tf), null);
      loss = loss(tf, logits);
    }

    List<Operand<TFloat64>> gradient() {
      return Gradients.of(tf, loss, corners);
    }

    /** The Hessian times a direction. */
    List<Operand<TFloat64>> product(List<Operand<TFloat64>> gradient) {
      List<Operand<TFloat64>> directions = new ArrayList<>();
      for (int index = 0; index < full.size(); index++) {
        directions.add(tf.constant(Derivatives.numbers(length(index), 60 + index)));
      }
      return along(tf, gradient, network.corners(directions), corners);
    }

    int length(int index) {
      return (int) network.shape(index).size();
    }

    double[] vector(int index) {
      return Derivatives.numbers(length(index), 3 + index);
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

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }

  @Test
  void values_everyArchitecture_areThoseOfItsOwnNetworkWhereverElseIsNaN() {
    try (Child child = new Child(false)) {
      List<Operand<TFloat64>> gradient = child.gradient();
      List<Operand<TFloat64>> product = child.product(gradient);
      for (String encoding : ENCODINGS) {
        child.load(encoding, Double.NaN);
        List<Operand<TFloat64>> fetches = new ArrayList<>();
        fetches.add(child.logits);
        fetches.addAll(gradient);
        fetches.addAll(product);
        List<double[]> actual = child.fetch(encoding, fetches);
        int vectors = child.full.size();
        compareWithOwn(
            encoding,
            child,
            actual.get(0),
            actual.subList(1, 1 + vectors),
            actual.subList(1 + vectors, 1 + 2 * vectors));
      }
    }
  }

  private static void compareWithOwn(
      String encoding,
      Child child,
      double[] logits,
      List<double[]> gradient,
      List<double[]> product) {
    MacroArchitecture architecture = MacroArchitecture.parse(encoding);
    MacroNetwork own = new MacroNetwork(architecture, SPACE.filters(), 0, IMAGE, CLASSES);
    List<Slot> slots = slots(own, child);
    try (Graph graph = new Graph();
        Session session = new Session(graph, CONFIG)) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat64>> weights = new ArrayList<>();
      List<Operand<TFloat64>> directions = new ArrayList<>();
      for (int index = 0; index < slots.size(); index++) {
        Slot slot = slots.get(index);
        Shape shape = own.shapes().get(index);
        double[] direction = Derivatives.numbers(child.length(slot.vector()), 60 + slot.vector());
        weights.add(
            Tensors.tensor(tf, slot.of(child.vector(slot.vector())), shape, TFloat64.class));
        directions.add(Tensors.tensor(tf, slot.of(direction), shape, TFloat64.class));
      }
      Operand<TFloat64> output =
          own.trainingPass(tf, weights, rows(tf), tf.constant(new long[2]), Precision.FLOAT32)
              .logits();
      List<Operand<TFloat64>> first = Gradients.of(tf, loss(tf, output), weights);
      List<Operand<TFloat64>> fetches = new ArrayList<>();
      fetches.add(output);
      fetches.addAll(first);
      fetches.addAll(along(tf, first, directions, weights));
      List<double[]> expected = Doubles.fetch(session.runner(), fetches);
      near(logits, expected.get(0), 1e-9);
      for (int index = 0; index < slots.size(); index++) {
        Slot slot = slots.get(index).inCorner();
        near(slot.of(gradient.get(slot.vector())), expected.get(1 + index), 1e-8);
        near(slot.of(product.get(slot.vector())), expected.get(1 + slots.size() + index), 1e-7);
      }
    }
  }

  @Test
  void corners_twoArchitectures_shareTheOperationsThatTheyHaveInCommon() {
    String first = ENCODINGS.get(0);
    // The operations of layers 0 and 1 are the same, those of the others are not.
    String second = "0 1 0 3 0 0 2 0 0 0 5 0 0 0 0 4 0 0 0 0 0";
    try (Child child = new Child(false)) {
      List<Op> fill = new ArrayList<>();
      List<Op> add = new ArrayList<>();
      for (int index = 0; index < child.full.size(); index++) {
        Variable<TFloat64> variable = child.network.weights().get(index);
        fill.add(child.network.assign(index, variable, child.full.get(index)));
        add.add(
            child.network.add(
                index,
                variable,
                child.places.get(index),
                child.tf.onesLike(child.corners.get(index))));
      }
      child.run(first, fill);
      List<double[]> before = child.fetch(second, child.corners);
      child.run(first, add);
      List<double[]> after = child.fetch(second, child.corners);
      for (int index = 0; index < before.size(); index++) {
        double moved = index <= 2 ? 1 : 0;
        for (int place = 0; place < before.get(index).length; place++) {
          assertThat(after.get(index)[place] - before.get(index)[place])
              .as("vector %d", index)
              .isCloseTo(moved, within(1e-12));
        }
      }
    }
  }

  @Test
  void step_anArchitecture_executesItsOperationsOnly() {
    try (Child child = new Child(false)) {
      // Layers: five convolutions by pooling would leave the stem and one per layer.
      String pooling = "4 5 0 4 0 0 5 0 0 0 4 0 0 0 0 5 0 0 0 0 0";
      List<Operand<TFloat64>> gradient = child.gradient();
      Map<String, Integer> run = executed(child, gradient, pooling);
      // Stem, a 1 x 1 convolution per layer, two in each of the two reductions.
      assertThat(run.get("Conv2D")).isEqualTo(1 + 6 + 4);
      // Each path of a reduction takes every second pixel by a pooling of its own.
      assertThat(run.get("AvgPool")).isEqualTo(3 + 4);
      assertThat(run.get("MaxPoolV2")).isEqualTo(3);
      assertThat(run).doesNotContainKey("DepthwiseConv2dNative");
      Map<String, Integer> other =
          executed(child, gradient, "1 3 0 0 0 0 2 0 0 0 1 1 0 0 0 1 1 0 0 0 0");
      // Output 0 is added in behind both reductions: two more convolutions in each.
      assertThat(other.get("Conv2D")).isEqualTo(1 + 6 * 2 + 4 + 4);
      assertThat(other.get("DepthwiseConv2dNative")).isEqualTo(4);
      assertThat(other.get("AvgPool")).isEqualTo(4 + 4);
      assertThat(other).doesNotContainKey("MaxPoolV2");
      assertThat(other.get("Conv2DBackpropFilter")).isEqualTo(1 + 6 * 2 + 4 + 4);
    }
  }

  /** TensorFlow visits more than eight inputs in the order of their addresses. */
  @Test
  void gradient_ofManyWeights_joinsFewAtATime() {
    try (Child child = new Child(false)) {
      assertThat(child.gradient()).isNotEmpty();
      Iterator<GraphOperation> operations = child.graph.operations();
      while (operations.hasNext()) {
        GraphOperation operation = operations.next();
        boolean real =
            operation.numOutputs() > 0 && operation.output(0).dataType() == DataType.DT_DOUBLE;
        assertThat(real ? operation.numInputs() : 0).as(operation.name()).isLessThanOrEqualTo(8);
      }
    }
  }

  /** Executed operations by type in a step: loss and gradient. */
  private static Map<String, Integer> executed(
      Child child, List<Operand<TFloat64>> gradient, String encoding) {
    child.load(encoding, 0);
    Map<String, Integer> counts = new TreeMap<>();
    try (TInt32 tensor = TInt32.vectorOf(integers(encoding))) {
      Session.Runner runner =
          child
              .session
              .runner()
              .setOptions(
                  RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build())
              .feed(child.choices, tensor)
              .fetch(child.loss);
      gradient.forEach(runner::fetch);
      try (var run = runner.runAndFetchMetadata()) {
        var metadata = run.getMetadata().orElseThrow();
        for (DeviceStepStats device : metadata.getStepStats().getDevStatsList()) {
          for (NodeExecStats node : device.getNodeStatsList()) {
            GraphOperation operation = child.graph.operation(node.getNodeName());
            if (operation != null) {
              counts.merge(operation.type(), 1, Integer::sum);
            }
          }
        }
      }
    }
    return counts;
  }

  @Test
  void gates_ofChoices_areDifferentiated() {
    String encoding = ENCODINGS.get(2);
    int[] integers = integers(encoding);
    try (Child child = new Child(true)) {
      double[] open = new double[integers.length];
      Arrays.fill(open, 1);
      try (TInt32 tensor = TInt32.vectorOf(integers);
          TFloat64 none = TFloat64.vectorOf(open)) {
        List<Op> fill = new ArrayList<>();
        for (int index = 0; index < child.full.size(); index++) {
          fill.add(
              child.network.assign(
                  index, child.network.weights().get(index), child.full.get(index)));
        }
        child.run(encoding, fill);
        List<double[]> slopes =
            Doubles.fetch(
                child.session.runner().feed(child.choices, tensor).feed(child.gates, none),
                Gradients.of(child.tf, child.loss, child.open));
        double[] differences =
            Doubles.differences(
                point -> {
                  try (TFloat64 moved = TFloat64.vectorOf(point)) {
                    return Doubles.fetch(
                            child
                                .session
                                .runner()
                                .feed(child.choices, tensor)
                                .feed(child.gates, moved),
                            List.of(child.loss))
                        .get(0)[0];
                  }
                },
                open,
                1e-5);
        double largest = 0;
        for (int gate = 0; gate < open.length; gate++) {
          assertThat(slopes.get(gate)[0]).isCloseTo(differences[gate], within(1e-6));
          largest = Math.max(largest, Math.abs(differences[gate]));
        }
        assertThat(largest).isGreaterThan(1e-2);
      }
    }
  }

  @Test
  void initialValues_kernels_haveTheVarianceOfTheirInputs() {
    try (Child child = new Child(false)) {
      List<Operand<TFloat64>> values =
          child.network.initialValues(child.tf.constant(new long[] {4, 0}), child.tf.constant(0.5));
      List<double[]> drawn = Doubles.fetch(child.session.runner(), values);
      // Kernels 5 x 5 of all layers.
      int begin = 0;
      for (ConvolutionOperation operation :
          List.of(ConvolutionOperation.CONV_3X3, ConvolutionOperation.SEPARABLE_3X3)) {
        begin += ImageOperation.layer(operation, 3).size();
      }
      double square = 0;
      for (int layer = 1; layer <= 6; layer++) {
        double[] vector = drawn.get(layer);
        assertThat(Arrays.copyOfRange(vector, begin + 9, begin + 15))
            .containsExactly(1, 1, 1, 0, 0, 0);
        for (int place = begin + 15; place < begin + 15 + 225; place++) {
          square += vector[place] * vector[place] / (6 * 225);
        }
      }
      double expected = 0.25 * 2 / (25 * 3);
      assertThat(square).isCloseTo(expected, within(0.15 * expected));
      assertThat(drawn.get(1)).isNotEqualTo(drawn.get(2));
    }
  }

  @Test
  void decode_randomIntegers_areNetworksToo() {
    SplittableRandom random = new SplittableRandom(3);
    try (Child child = new Child(false)) {
      for (int repeat = 0; repeat < 4; repeat++) {
        List<Integer> drawn = new ArrayList<>();
        for (Decision decision : SPACE.decisions()) {
          for (int bit = 0; bit < decision.width(); bit++) {
            drawn.add(random.nextInt(decision instanceof Decision.Categorical ? 6 : 2));
          }
        }
        Architecture architecture = SPACE.decode(drawn.iterator());
        String encoding = architecture.macro().encoding();
        child.load(encoding, Double.NaN);
        List<double[]> actual = child.fetch(encoding, List.of(child.logits));
        assertThat(actual.get(0)).hasSize(BATCH * CLASSES).doesNotContain(Double.NaN);
      }
    }
  }

  /** Where a weight of a dedicated network lies: in which vector, from where, how many. */
  private record Slot(int vector, int begin, int corner, int size) {
    double[] of(double[] values) {
      return Arrays.copyOfRange(values, begin, begin + size);
    }

    Slot inCorner() {
      return new Slot(vector, begin - corner, 0, size);
    }
  }

  private static List<Slot> slots(MacroNetwork own, Child child) {
    List<Slot> slots = new ArrayList<>();
    int[] next = new int[child.full.size()];
    int[] corner = new int[child.full.size()];
    List<MacroArchitecture.Layer> layers = own.architecture().layers();
    for (int layer = 0; layer < layers.size(); layer++) {
      for (ConvolutionOperation before : SPACE.operations()) {
        if (before.ordinal() < layers.get(layer).operation().ordinal()) {
          corner[1 + layer] += ImageOperation.layer(before, SPACE.filters()).size();
        }
      }
      next[1 + layer] = corner[1 + layer];
    }
    for (int index = 0; index < own.names().size(); index++) {
      String[] name = own.names().get(index).split("/", -1);
      int vector = 0;
      if (name[0].startsWith("layer")) {
        int layer = Integer.parseInt(name[0].substring("layer".length()));
        if (name[1].startsWith("reduction")) {
          int output = Integer.parseInt(name[1].substring("reduction".length()));
          // Behind the layers: reductions after layer 1 (of outputs 0 and 1) and 3 (of 0 to 3).
          vector = output == layer + 1 ? 0 : (layer == 1 ? 7 : 9) + output;
        } else {
          vector = name[1].equals("norm") ? 0 : 1 + layer;
        }
      }
      int size = (int) own.shapes().get(index).size();
      slots.add(new Slot(vector, next[vector], corner[vector], size));
      next[vector] += size;
    }
    return slots;
  }

  private static int[] integers(String encoding) {
    return SPACE.encode(MacroArchitecture.parse(encoding)).stream()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static Operand<TFloat64> rows(Ops tf) {
    return Tensors.tensor(
        tf,
        Derivatives.numbers(BATCH * IMAGE.size(), 1),
        Shape.of(BATCH, IMAGE.size()),
        TFloat64.class);
  }

  private static Operand<TFloat64> loss(Ops tf, Operand<TFloat64> logits) {
    Operand<TFloat64> weights =
        Tensors.tensor(
            tf, Derivatives.numbers(BATCH * CLASSES, 2), Shape.of(BATCH, CLASSES), TFloat64.class);
    return tf.reduceSum(tf.math.mul(tf.math.sin(logits), weights), tf.constant(new int[] {0, 1}));
  }

  private static List<Operand<TFloat64>> along(
      Ops tf,
      List<Operand<TFloat64>> gradient,
      List<Operand<TFloat64>> directions,
      List<Operand<TFloat64>> by) {
    List<Operand<TFloat64>> products = new ArrayList<>();
    for (int index = 0; index < gradient.size(); index++) {
      Operand<TFloat64> product = tf.math.mul(gradient.get(index), directions.get(index));
      products.add(tf.reduceSum(tf.reshape(product, tf.constant(new int[] {-1})), tf.constant(0)));
    }
    return Gradients.of(tf, tf.math.addN(products), by);
  }

  private static void near(double[] actual, double[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int index = 0; index < expected.length; index++) {
      assertThat(actual[index])
          .isCloseTo(expected[index], within(tolerance * (1 + Math.abs(expected[index]))));
    }
  }
}
