package io.tandem.graph.child.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.core.Precision;
import io.tandem.space.CellOperation;
import io.tandem.space.CellRegularisation;
import io.tandem.space.Decision;
import io.tandem.space.MicroArchitecture;
import io.tandem.space.MicroArchitecture.Cell;
import io.tandem.space.MicroArchitecture.Value;
import io.tandem.space.MicroSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;

/**
 * What an architecture computes on the shared weights must be what its own network computes, in
 * value and in derivatives, and nothing else may run or be touched.
 */
class SharedMicroTest {
  private static final List<CellOperation> ALL = List.of(CellOperation.values());
  private static final CellRegularisation PLAIN = CellRegularisation.dropout(0);
  private static final MicroSpace SPACE = new MicroSpace(1, 3, 3, ALL, PLAIN);
  private static final ImageShape IMAGE = new ImageShape(7, 6, 2);
  private static final int CLASSES = SharedFixture.CLASSES;
  private static final int CELLS = 3;
  // Every operation with and without halving; one, two and three loose ends.
  private static final List<String> ENCODINGS =
      List.of(
          "0 0 1 1 2 2 2 3 3 4 1 0  0 0 1 4 2 0 1 1 3 1 0 3",
          "0 4 1 4 1 1 0 2 0 3 1 0  1 1 0 2 0 3 0 0 1 4 1 0",
          "1 2 1 2 0 0 0 1 2 1 0 4  0 4 0 4 2 4 2 2 2 3 3 1");

  private static SharedFixture fixture(MicroSpace space, boolean gated) {
    return new SharedFixture(
        space,
        MicroArchitecture::parse,
        gated,
        IMAGE,
        (tf, architecture) ->
            SharedMicro.of(
                tf, Precision.FLOAT32, TFloat64.class, space, architecture, IMAGE, CLASSES));
  }

  @Test
  void sharedParameters_ofTheSpace_areThoseOfTheVariables() {
    List<CellOperation> few = List.of(CellOperation.MAX_POOL_3X3, CellOperation.IDENTITY);
    for (MicroSpace space : List.of(SPACE, new MicroSpace(2, 2, 2, few, PLAIN))) {
      try (SharedFixture child = fixture(space, false)) {
        long size =
            child.network.weights().stream().mapToLong(weight -> weight.shape().size()).sum();
        assertThat(space.sharedParameters(IMAGE.channels(), CLASSES)).isEqualTo(size);
      }
    }
  }

  @Test
  void values_everyArchitecture_areThoseOfItsOwnNetworkWhereverElseIsNaN() {
    try (SharedFixture child = fixture(SPACE, false)) {
      child.agreesWithOwn(ENCODINGS, encoding -> own(SPACE, encoding), own -> slots(SPACE, own));
    }
  }

  /** With a head amid the network and operations left out: the same masks from the same seed. */
  @Test
  void values_dropPathAndAuxiliaryHead_areThoseOfItsOwnNetwork() {
    MicroSpace space = new MicroSpace(1, 3, 3, ALL, new CellRegularisation(0, 0.6, 0.4));
    try (SharedFixture child = fixture(space, false)) {
      child.agreesWithOwn(ENCODINGS, encoding -> own(space, encoding), own -> slots(space, own));
    }
  }

  /** Cells of a single block, operations without weights, and a single kind of operation. */
  @Test
  void values_smallSpaces_areThoseOfTheirOwnNetworks() {
    MicroSpace single =
        new MicroSpace(
            1, 2, 1, List.of(CellOperation.MAX_POOL_3X3, CellOperation.AVERAGE_POOL_3X3), PLAIN);
    try (SharedFixture child = fixture(single, false)) {
      child.agreesWithOwn(
          List.of("0 3 1 2 1 2 1 3", "1 2 1 2 0 3 1 2"),
          encoding -> own(single, encoding),
          own -> slots(single, own));
    }
    MicroSpace separable =
        new MicroSpace(
            2, 2, 2, List.of(CellOperation.SEPARABLE_5X5, CellOperation.SEPARABLE_3X3), PLAIN);
    try (SharedFixture child = fixture(separable, false)) {
      child.agreesWithOwn(
          List.of("0 0 1 1 2 0 1 1 0 1 0 0 1 1 2 0"),
          encoding -> own(separable, encoding),
          own -> slots(separable, own));
    }
  }

  private static MicroNetwork own(MicroSpace space, String encoding) {
    return new MicroNetwork(
        MicroArchitecture.parse(encoding),
        space.cells(),
        space.filters(),
        space.regularisation(),
        IMAGE,
        CLASSES);
  }

  /** The vectors, by plain counting: the common one, then by cell and block two values, output. */
  private static List<List<SharedFixture.Slot>> slots(MicroSpace space, MicroNetwork own) {
    List<List<SharedFixture.Slot>> slots = new ArrayList<>();
    int common = 0;
    int[] used = new int[1 + 3 * CELLS * 2 * space.blocks()];
    for (int index = 0; index < own.names().size(); index++) {
      String[] name = own.names().get(index).split("/", -1);
      int size = (int) own.shapes().get(index).size();
      boolean block = name.length > 2 && name[1].startsWith("block");
      boolean output = name[0].startsWith("cell") && name[1].equals("output");
      if (!block && !(output && name[2].equals("kernel"))) {
        slots.add(List.of(new SharedFixture.Slot(0, common, 0, size)));
        common += size;
        continue;
      }
      int number = number(name[0], "cell");
      int third = space.cells() / 3;
      boolean reduces = number == third || number == 2 * third + 1;
      int width = space.filters();
      for (int cell = 0; cell <= number; cell++) {
        width *= cell == third || cell == 2 * third + 1 ? 2 : 1;
      }
      Cell cell = reduces ? own.architecture().reduction() : own.architecture().normal();
      if (block) {
        int at = number(name[1], "block");
        int side = name[2].equals("first") ? 0 : 1;
        int vector = vector(space, number, at, side);
        Value value = cell.blocks().get(at).values().get(side);
        int begin = begin(space, reduces, width, value);
        slots.add(List.of(new SharedFixture.Slot(vector, begin + used[vector], begin, size)));
        used[vector] += size;
      } else {
        List<SharedFixture.Slot> parts = new ArrayList<>();
        for (int loose : cell.looseEnds()) {
          int vector = vector(space, number, loose, 2);
          parts.add(new SharedFixture.Slot(vector, 0, 0, width * width));
        }
        slots.add(parts);
      }
    }
    return slots;
  }

  private static int number(String name, String prefix) {
    return Integer.parseInt(name.substring(prefix.length()));
  }

  /** Number of the vector of a value, or with 2 of a block's part of the output. */
  private static int vector(MicroSpace space, int cell, int block, int part) {
    boolean weights =
        space.operations().contains(CellOperation.SEPARABLE_3X3)
            || space.operations().contains(CellOperation.SEPARABLE_5X5);
    int each = weights ? 3 : 1;
    return 1 + each * (cell * space.blocks() + block) + (weights ? part : 0);
  }

  private static int begin(MicroSpace space, boolean reduces, int width, Value value) {
    int begin = 0;
    for (int source = 0; source <= value.source(); source++) {
      for (CellOperation operation : space.operations()) {
        if (source == value.source() && operation == value.operation()) {
          return begin;
        }
        int mixing = width * width + 2 * width;
        begin +=
            switch (operation) {
              case SEPARABLE_3X3 -> 2 * (9 * width + mixing);
              case SEPARABLE_5X5 -> 2 * (25 * width + mixing);
              case AVERAGE_POOL_3X3, MAX_POOL_3X3 -> 0;
              case IDENTITY -> reduces && source < 2 ? mixing : 0;
            };
      }
    }
    throw new AssertionError("no such value: " + value);
  }

  @Test
  void corners_twoArchitectures_shareTheSegmentsThatTheyHaveInCommon() {
    String first = "0 0 1 1 2 1 0 3 1 0 0 0  0 1 1 0 1 0 0 1 2 0 0 4";
    // In common: first values of the first normal block, second ones of the second reduction block.
    String second = "0 0 0 1 1 1 1 0 0 0 0 1  1 1 0 0 0 0 0 1 3 0 0 0";
    List<Integer> common = new ArrayList<>();
    // Cell 2 is the normal one.
    common.add(vector(SPACE, 2, 0, 0));
    for (int cell = 0; cell < 2; cell++) {
      common.add(vector(SPACE, cell, 1, 1));
    }
    try (SharedFixture child = fixture(SPACE, false)) {
      List<Op> add = new ArrayList<>();
      for (int index = 0; index < child.full.size(); index++) {
        Variable<TFloat64> variable = child.network.weights().get(index);
        Operand<TFloat64> ones = child.tf.onesLike(child.corners.get(index));
        add.add(child.network.add(index, variable, child.places.get(index), ones));
      }
      child.loadAll(first);
      List<double[]> before = child.fetch(second, child.corners);
      child.run(first, add);
      List<double[]> after = child.fetch(second, child.corners);
      for (int index = 0; index < before.size(); index++) {
        boolean output = index > 0 && (index - 1) % 3 == 2;
        for (int place = 0; !output && place < before.get(index).length; place++) {
          assertThat(after.get(index)[place] - before.get(index)[place])
              .as("vector %d", index)
              .isCloseTo(index == 0 || common.contains(index) ? 1 : 0, within(1e-12));
        }
      }
      assertThat(before.get(common.get(0))).isNotEmpty();
    }
  }

  @Test
  void step_anArchitecture_executesItsOperationsOnly() {
    try (SharedFixture child = fixture(SPACE, false)) {
      List<Operand<TFloat64>> gradient = child.gradient();
      // One loose end per cell; two pools in the first block of every cell, then identities.
      Map<String, Integer> run =
          child.executed(gradient, "0 2 1 3 2 4 2 4 3 4 3 4  0 2 1 3 2 4 2 4 3 4 3 4");
      // Stem; two inputs per cell, a reduction being one convolution too; outputs.
      int inputs = 2 * CELLS;
      assertThat(run.get("Conv2D")).isEqualTo(1 + inputs + CELLS);
      assertThat(run.get("Conv2DBackpropFilter")).isEqualTo(1 + inputs + CELLS);
      assertThat(run.get("MaxPool")).isEqualTo(CELLS);
      assertThat(run.get("AvgPool")).isEqualTo(CELLS);
      assertThat(run).doesNotContainKey("DepthwiseConv2dNative");

      // Two loose ends per cell; three separable values in the normal and two in reduction cells.
      Map<String, Integer> other =
          child.executed(gradient, "0 0 1 1 2 4 1 4 0 4 1 0  0 0 1 4 2 4 2 1 0 2 1 2");
      assertThat(other.get("DepthwiseConv2dNative")).isEqualTo(2 * (3 + 2 + 2));
      // A factorized reduction in each of the two reduction cells for the identity of an input.
      int convolutions = 1 + inputs + 2 * CELLS + 2 * (3 + 2 + 2) + 2;
      assertThat(other.get("Conv2D")).isEqualTo(convolutions);
      assertThat(other.get("Conv2DBackpropFilter")).isEqualTo(convolutions);
      assertThat(other.get("DepthwiseConv2dNativeBackpropFilter")).isEqualTo(2 * (3 + 2 + 2));
      assertThat(other).doesNotContainKey("MaxPool");
    }
  }

  /** TensorFlow visits more than eight inputs in the order of their addresses. */
  @Test
  void gradient_ofManyWeights_joinsFewAtATime() {
    try (SharedFixture child = fixture(new MicroSpace(9, 2, 4, ALL, PLAIN), true)) {
      assertThat(child.gradient()).isNotEmpty();
      child.joinsFewAtATime();
    }
  }

  @Test
  void gates_ofChoices_areDifferentiated() {
    try (SharedFixture child = fixture(SPACE, true)) {
      child.gatesAgreeWithDifferences(ENCODINGS.get(2));
    }
  }

  @Test
  void logits_everyOperationAndSource_areDistinct() {
    try (SharedFixture child = fixture(SPACE, false)) {
      child.loadAll(ENCODINGS.get(0));
      List<double[]> outputs = new ArrayList<>();
      for (int source = 0; source < 3; source++) {
        for (CellOperation operation : ALL) {
          String value = source + " " + operation.code();
          String others = "0 0 1 1 " + value + " 2 0 3 1 0 0 ";
          outputs.add(
              child.fetch(others + " 0 0 1 1 1 0 0 2 2 2 3 0", List.of(child.logits)).get(0));
          outputs.add(
              child.fetch("0 0 1 1 1 0 0 2 2 2 3 0 " + others, List.of(child.logits)).get(0));
        }
      }
      for (int left = 0; left < outputs.size(); left++) {
        for (int right = 0; right < left; right++) {
          double difference = 0;
          for (int index = 0; index < outputs.get(left).length; index++) {
            double apart = outputs.get(left)[index] - outputs.get(right)[index];
            difference = Math.max(difference, Math.abs(apart));
          }
          assertThat(difference).as("%d and %d", left, right).isGreaterThan(1e-4);
        }
      }
    }
  }

  @Test
  void decode_randomIntegers_areNetworksToo() {
    SplittableRandom random = new SplittableRandom(3);
    try (SharedFixture child = fixture(SPACE, false)) {
      for (int repeat = 0; repeat < 4; repeat++) {
        List<Integer> drawn = new ArrayList<>();
        for (Decision decision : SPACE.decisions()) {
          drawn.add(random.nextInt(((Decision.Categorical) decision).options()));
        }
        String encoding = SPACE.decode(drawn.iterator()).encoding();
        child.load(encoding, Double.NaN);
        List<double[]> actual = child.fetch(encoding, List.of(child.logits));
        assertThat(actual.get(0)).hasSize(SharedFixture.BATCH * CLASSES);
        assertThat(Arrays.stream(actual.get(0)).allMatch(Double::isFinite)).isTrue();
      }
    }
  }
}
