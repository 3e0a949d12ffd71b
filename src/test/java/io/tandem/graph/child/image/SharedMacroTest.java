package io.tandem.graph.child.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.core.Precision;
import io.tandem.space.Architecture;
import io.tandem.space.ConvolutionOperation;
import io.tandem.space.Decision;
import io.tandem.space.Filters;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MacroSpace;
import io.tandem.testing.Doubles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;

/**
 * What an architecture computes on the shared weights must be what its own network computes, in
 * value and in derivatives, and nothing else may run or be touched.
 */
class SharedMacroTest {
  private static final MacroSpace SPACE =
      new MacroSpace(6, new Filters(3), List.of(ConvolutionOperation.values()), true, 0);
  private static final MacroSpace DOUBLED =
      new MacroSpace(6, new Filters(3, true), SPACE.operations(), true, 0);
  private static final ImageShape IMAGE = new ImageShape(5, 6, 2);
  private static final int BATCH = SharedFixture.BATCH;
  private static final int CLASSES = SharedFixture.CLASSES;
  // Every operation, and reductions that are needed not at all, once and twice.
  private static final List<String> ENCODINGS =
      List.of(
          "0 1 0 2 0 0 3 0 0 0 4 0 0 0 0 5 0 0 0 0 0",
          "5 4 1 3 1 1 2 0 1 0 1 0 0 1 0 0 0 0 1 0 1",
          "2 2 0 0 1 0 5 1 0 1 3 1 0 0 1 1 1 1 1 1 1");

  static List<MacroSpace> spaces() {
    return List.of(SPACE, DOUBLED);
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void sharedParameters_ofTheSpace_areThoseOfTheVariables(MacroSpace space) {
    try (SharedFixture child = fixture(space, false)) {
      long size = child.network.weights().stream().mapToLong(weight -> weight.shape().size()).sum();
      assertThat(space.sharedParameters(IMAGE.channels(), CLASSES)).isEqualTo(size);
    }
  }

  private static SharedFixture fixture(boolean gated) {
    return fixture(SPACE, gated);
  }

  private static SharedFixture fixture(MacroSpace space, boolean gated) {
    return new SharedFixture(
        space,
        MacroArchitecture::parse,
        gated,
        IMAGE,
        (tf, architecture) ->
            new SharedMacro<>(
                tf, Precision.FLOAT32, TFloat64.class, space, architecture, IMAGE, CLASSES));
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void values_everyArchitecture_areThoseOfItsOwnNetworkWhereverElseIsNaN(MacroSpace space) {
    try (SharedFixture child = fixture(space, false)) {
      child.agreesWithOwn(
          ENCODINGS,
          encoding ->
              new MacroNetwork(
                  MacroArchitecture.parse(encoding), space.filters(), 0, IMAGE, CLASSES),
          own -> slots(space, own, child));
    }
  }

  @Test
  void corners_twoArchitectures_shareTheOperationsThatTheyHaveInCommon() {
    String first = ENCODINGS.get(0);
    // The operations of layers 0 and 1 are the same, those of the others are not.
    String second = "0 1 0 3 0 0 2 0 0 0 5 0 0 0 0 4 0 0 0 0 0";
    try (SharedFixture child = fixture(false)) {
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
    try (SharedFixture child = fixture(false)) {
      // Layers: five convolutions by pooling would leave the stem and one per layer.
      String pooling = "4 5 0 4 0 0 5 0 0 0 4 0 0 0 0 5 0 0 0 0 0";
      List<Operand<TFloat64>> gradient = child.gradient();
      Map<String, Integer> run = child.executed(gradient, pooling);
      // Stem, a 1 x 1 convolution per layer, one in each of the two reductions.
      assertThat(run.get("Conv2D")).isEqualTo(1 + 6 + 2);
      assertThat(run.get("AvgPool")).isEqualTo(3);
      assertThat(run.get("MaxPool")).isEqualTo(3);
      assertThat(run).doesNotContainKey("DepthwiseConv2dNative");
      Map<String, Integer> other =
          child.executed(gradient, "1 3 0 0 0 0 2 0 0 0 1 1 0 0 0 1 1 0 0 0 0");
      // Output 0 is added in behind both reductions: one more convolution in each.
      assertThat(other.get("Conv2D")).isEqualTo(1 + 6 * 2 + 2 + 2);
      assertThat(other.get("DepthwiseConv2dNative")).isEqualTo(4);
      assertThat(other).doesNotContainKey("AvgPool");
      assertThat(other).doesNotContainKey("MaxPool");
      assertThat(other.get("Conv2DBackpropFilter")).isEqualTo(1 + 6 * 2 + 2 + 2);
    }
  }

  /** TensorFlow visits more than eight inputs in the order of their addresses. */
  @Test
  void gradient_ofManyWeights_joinsFewAtATime() {
    try (SharedFixture child = fixture(false)) {
      assertThat(child.gradient()).isNotEmpty();
      child.joinsFewAtATime();
    }
  }

  @Test
  void gates_ofChoices_areDifferentiated() {
    try (SharedFixture child = fixture(true)) {
      child.gatesAgreeWithDifferences(ENCODINGS.get(2));
    }
  }

  @Test
  void initialValues_kernels_haveTheVarianceOfTheirInputs() {
    try (SharedFixture child = fixture(false)) {
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
    try (SharedFixture child = fixture(false)) {
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

  private static List<List<SharedFixture.Slot>> slots(
      MacroSpace space, MacroNetwork own, SharedFixture child) {
    List<List<SharedFixture.Slot>> slots = new ArrayList<>();
    int[] next = new int[child.full.size()];
    int[] corner = new int[child.full.size()];
    List<MacroArchitecture.Layer> layers = own.architecture().layers();
    for (int layer = 0; layer < layers.size(); layer++) {
      for (ConvolutionOperation before : space.operations()) {
        if (before.ordinal() < layers.get(layer).operation().ordinal()) {
          corner[1 + layer] += ImageOperation.layer(before, space.filters(layer)).size();
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
      slots.add(List.of(new SharedFixture.Slot(vector, next[vector], corner[vector], size)));
      next[vector] += size;
    }
    return slots;
  }
}
