package io.tandem.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The integers that the controller draws are fed to the child: both ways must agree. */
class ArchitectureSpaceTest {
  private static final MacroSpace MACRO =
      new MacroSpace(
          4,
          new Filters(3),
          List.of(ConvolutionOperation.MAX_POOL_3X3, ConvolutionOperation.CONV_5X5),
          true,
          0.1);

  private static final MicroSpace MICRO =
      new MicroSpace(
          1,
          2,
          2,
          List.of(CellOperation.IDENTITY, CellOperation.MAX_POOL_3X3, CellOperation.SEPARABLE_3X3),
          CellRegularisation.dropout(0.1));

  private static final RecurrentSpace RECURRENT =
      new RecurrentSpace(
          4,
          3,
          List.of(CellActivation.SIGMOID, CellActivation.TANH),
          true,
          LanguageRegularisation.none());

  static List<ArchitectureSpace> spaces() {
    return List.of(
        MACRO,
        new MacroSpace(3, new Filters(3), List.of(ConvolutionOperation.values()), false, 0),
        new PerceptronSpace(
            3, List.of(8, 4), List.of(Activation.values()), List.of(0.0, 0.5), true),
        new PerceptronSpace(2, List.of(8), List.of(Activation.RELU), List.of(0.1, 0.5), false),
        new PerceptronSpace(
            3, List.of(8), List.of(Activation.RELU), List.of(0.1), true, false, List.of(4, 2, 8)),
        new PerceptronSpace(
            3, List.of(8, 4), List.of(Activation.RELU), List.of(0.1), true, true, List.of(4, 2)),
        MICRO,
        new MicroSpace(6, 20, 5, List.of(CellOperation.values()), CellRegularisation.dropout(0)),
        RECURRENT,
        new RecurrentSpace(
            1, 1, List.of(CellActivation.RELU), false, LanguageRegularisation.none()));
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void middle_anySpace_isANetworkOfIt(ArchitectureSpace space) {
    Architecture middle = space.middle();
    assertThat(space.decode(space.encode(middle).iterator())).isEqualTo(middle);
  }

  @Test
  void middle_ofPerceptrons_hasMiddleSizesFirstActivationsAllLayersAndNoShortcuts() {
    PerceptronSpace space =
        new PerceptronSpace(
            3,
            List.of(16, 32, 64, 128),
            List.of(Activation.RELU, Activation.TANH, Activation.SIGMOID),
            List.of(0.0, 0.5),
            true);
    assertThat(space.encode(space.middle())).containsExactly(1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0);
    PerceptronSpace optional =
        new PerceptronSpace(
            2, List.of(16, 32), List.of(Activation.TANH), List.of(0.0, 0.1, 0.2), false, true);
    assertThat(optional.encode(optional.middle())).containsExactly(0, 0, 1, 1, 0, 0, 1);
  }

  static List<MicroSpace> microSpaces() {
    return List.of(
        MICRO,
        micro(CellOperation.IDENTITY, CellOperation.MAX_POOL_3X3),
        micro(CellOperation.MAX_POOL_3X3, CellOperation.IDENTITY),
        micro(CellOperation.SEPARABLE_5X5, CellOperation.SEPARABLE_3X3),
        micro(CellOperation.IDENTITY, CellOperation.SEPARABLE_5X5));
  }

  private static MicroSpace micro(CellOperation... operations) {
    return new MicroSpace(4, 3, 3, List.of(operations), CellRegularisation.dropout(0));
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void encode_decoded_givesTheSameIntegers(ArchitectureSpace space) {
    SplittableRandom random = new SplittableRandom(1);
    for (int repeat = 0; repeat < 20; repeat++) {
      List<Integer> drawn = draw(space, random);
      assertThat(drawn).hasSize(space.integers());
      var iterator = drawn.iterator();
      Architecture architecture = space.decode(iterator);
      assertThat(iterator.hasNext()).isFalse();
      assertThat(space.encode(architecture)).isEqualTo(drawn);
    }
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void extremes_areOfTheSpace(ArchitectureSpace space) {
    assertThat(space.decode(space.encode(space.largest()).iterator())).isEqualTo(space.largest());
    assertThat(space.decode(space.encode(space.smallest()).iterator())).isEqualTo(space.smallest());
  }

  @Test
  void decisions_embeddings_comeLast() {
    List<Integer> lengths = List.of(4, 2, 8);
    for (boolean optional : new boolean[] {false, true}) {
      for (boolean skips : new boolean[] {false, true}) {
        PerceptronSpace space =
            new PerceptronSpace(
                3, List.of(8), List.of(Activation.RELU), List.of(0.1), skips, optional, lengths);
        List<Integer> encoded = space.encode(space.largest());
        assertThat(space.embeddingColumn()).isEqualTo(encoded.size() - 1);
        assertThat(encoded.get(space.embeddingColumn())).isEqualTo(2);
        assertThat(space.largest().embedding()).isEqualTo(8);
        assertThat(space.smallest().embedding()).isEqualTo(2);
        assertThat(space.withoutEmbeddings().decisions())
            .isEqualTo(space.decisions().subList(0, space.decisions().size() - 1));
      }
    }
  }

  @Test
  void parameters_embeddings_areTheirTablesAndTheWiderFirstLayer() {
    PerceptronArchitecture network =
        new PerceptronArchitecture(
            List.of(new PerceptronArchitecture.Layer(8, Activation.RELU, 0, List.of())),
            List.of(0),
            4);
    PerceptronArchitecture.Input input = new PerceptronArchitecture.Input(3, List.of(100, 60));
    assertThat(network.parameters(input, 2)).isEqualTo(160 * 4 + (3 + 2 * 4 + 1) * 8 + (8 + 1) * 2);
    assertThat(network.text()).startsWith("embeddings of length 4\n0: 8 relu");
    PerceptronArchitecture indicators = new PerceptronArchitecture(network.layers());
    assertThat(indicators.parameters(input, 2)).isEqualTo((3 + 160 + 1) * 8 + (8 + 1) * 2);
  }

  /** Choices about a layer that is left out are not recorded, and shortcuts from it are none. */
  @Test
  void encode_optionalLayers_keepsTheNetworkAndWhichLayersAreThere() {
    PerceptronSpace space =
        new PerceptronSpace(
            3, List.of(8, 4), List.of(Activation.values()), List.of(0.0, 0.5), true, true);
    SplittableRandom random = new SplittableRandom(5);
    Set<List<Integer>> found = new HashSet<>();
    for (int repeat = 0; repeat < 200; repeat++) {
      List<Integer> drawn = draw(space, random);
      PerceptronArchitecture network = space.decode(drawn.iterator());
      found.add(network.places());
      List<Integer> encoded = space.encode(network);
      assertThat(encoded).hasSize(space.integers());
      assertThat(space.decode(encoded.iterator())).isEqualTo(network);
      for (int layer = 1; layer < 3; layer++) {
        int there = space.column(layer) - 1;
        assertThat(space.decisions().stream().map(Decision::name))
            .contains("layer" + layer + "/there");
        assertThat(encoded.get(there)).isEqualTo(drawn.get(there));
        assertThat(network.places().contains(layer)).isEqualTo(drawn.get(there) == 1);
      }
    }
    assertThat(found)
        .containsExactlyInAnyOrder(List.of(0), List.of(0, 1), List.of(0, 2), List.of(0, 1, 2));
    // Layer 2 adds layer 0 and layer 1, which is left out: layer 0 alone, which is its first.
    PerceptronArchitecture two =
        space.decode(List.of(0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1).iterator());
    assertThat(two.text()).isEqualTo("0: 8 relu, dropout 0.0\n1: 4 sigmoid, dropout 0.5, adds 0\n");
    assertThat(space.encode(two)).isEqualTo(List.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 1, 1, 0));
    assertThat(space.smallest().parameters(PerceptronArchitecture.Input.of(5), 3))
        .isEqualTo((5 + 1) * 4 + (4 + 1) * 3);
    assertThat(space.largest().layers()).hasSize(3);
    assertThatThrownBy(() -> space.encode(new PerceptronArchitecture(two.layers(), List.of(0, 3))))
        .hasMessage(
            "layers [0, 3] do not fit the space's 3, counted from 0, of which the first is always"
                + " there");
    assertThatThrownBy(() -> spaces().get(2).encode(two))
        .hasMessage("2 layers do not fit the space's 3");
  }

  @Test
  void extremes_ofMacroSpace_boundTheNumberOfWeights() {
    SplittableRandom random = new SplittableRandom(2);
    long least = MACRO.smallest().parameters(MACRO.filters(), 1, 2);
    long most = MACRO.largest().parameters(MACRO.filters(), 1, 2);
    for (int repeat = 0; repeat < 30; repeat++) {
      MacroArchitecture drawn = MACRO.decode(draw(MACRO, random).iterator());
      assertThat(drawn.parameters(MACRO.filters(), 1, 2)).isBetween(least, most);
    }
    assertThat(least).isLessThan(most);
  }

  @ParameterizedTest
  @MethodSource("microSpaces")
  void extremes_ofMicroSpace_boundTheNumberOfWeights(MicroSpace space) {
    SplittableRandom random = new SplittableRandom(3);
    long least = space.smallest().parameters(space.cells(), space.filters(), 1, 2);
    long most = space.largest().parameters(space.cells(), space.filters(), 1, 2);
    for (int repeat = 0; repeat < 300; repeat++) {
      MicroArchitecture drawn = space.decode(draw(space, random).iterator());
      assertThat(drawn.parameters(space.cells(), space.filters(), 1, 2)).isBetween(least, most);
    }
    assertThat(least).isLessThan(most);
  }

  @Test
  void sharedParameters_ofMicroSpace_equalHandCount() {
    // Image of 1 channel, 3 classes: reduction of width 4, reduction of width 8, normal of width 8.
    int stem = 9 * 6 + 2 * 6;
    int inputs = ((6 + 6) * 4 + 2 * 8) + ((6 + 4) * 8 + 2 * 16) + ((4 + 8) * 8 + 2 * 16);
    int separable4 = 2 * (9 * 4 + 16 + 8);
    int separable8 = 2 * (9 * 8 + 64 + 16);
    // Two values, each with weights for two inputs, and in the second block for the first one.
    int reduction4 = 2 * 4 * (separable4 + 16 + 8) + 2 * separable4;
    int reduction8 = 2 * 4 * (separable8 + 64 + 16) + 2 * separable8;
    int normal8 = 2 * 4 * separable8 + 2 * separable8;
    int outputs = (2 * 16 + 8) + (2 * 64 + 16) + (2 * 64 + 16);
    int head = 8 * 3 + 3;
    assertThat(MICRO.sharedParameters(1, 3))
        .isEqualTo(stem + inputs + reduction4 + reduction8 + normal8 + outputs + head);
  }

  @Test
  void column_ofMicroSpace_isThePlaceOfTheSource() {
    List<String> names = MICRO.decisions().stream().map(Decision::name).toList();
    assertThat(names).hasSize(16).doesNotHaveDuplicates();
    for (int block = 0; block < 2; block++) {
      for (int value = 0; value < 2; value++) {
        assertThat(names.get(MICRO.column(false, block, value)))
            .isEqualTo("normal" + block + "/source" + value);
        assertThat(names.get(MICRO.column(true, block, value) + 1))
            .isEqualTo("reduction" + block + "/operation" + value);
      }
    }
  }

  @Test
  void parameters_ofRecurrentSpace_areTheSameForAllCells() {
    SplittableRandom random = new SplittableRandom(4);
    long weights = RECURRENT.smallest().parameters(3, 7);
    assertThat(RECURRENT.largest().parameters(3, 7)).isEqualTo(weights);
    for (int repeat = 0; repeat < 30; repeat++) {
      RecurrentArchitecture drawn = RECURRENT.decode(draw(RECURRENT, random).iterator());
      assertThat(drawn.parameters(3, 7)).isEqualTo(weights);
    }
  }

  @Test
  void sharedParameters_ofRecurrentSpace_equalHandCount() {
    // Width 3, 7 words: node 0, edges to nodes 1, 2, 3, 4, embedding and bias.
    assertThat(RECURRENT.sharedParameters(7))
        .isEqualTo(4 * 9 + (1 + 2 + 3 + 4) * 2 * 9 + 7 * 3 + 7);
  }

  @Test
  void column_ofRecurrentSpace_isThePlaceOfTheSource() {
    List<String> names = RECURRENT.decisions().stream().map(Decision::name).toList();
    assertThat(names).hasSize(8).doesNotHaveDuplicates();
    for (int node = 1; node <= 4; node++) {
      assertThat(names.get(RECURRENT.column(node))).isEqualTo("node" + node + "/source");
      assertThat(names.get(RECURRENT.column(node) + 1)).isEqualTo("node" + node + "/activation");
    }
  }

  @Test
  void logSize_ofThePublishedRecurrentSpace_isProductOfItsDecisions() {
    RecurrentSpace published =
        new RecurrentSpace(
            9, 200, List.of(CellActivation.values()), false, LanguageRegularisation.none());
    double log = 0;
    for (Decision decision : published.decisions()) {
      log += Math.log10(((Decision.Categorical) decision).options());
    }
    // 4^9 9! = 9.5e10
    assertThat(log).isCloseTo(Math.log10(262_144.0 * 362_880), within(1e-9));
  }

  @Test
  void encode_foreignRecurrentCell_saysWhatIsOffered() {
    assertThatThrownBy(() -> RECURRENT.encode(RecurrentArchitecture.parse("0 0 0 1 0")))
        .hasMessage("2 nodes do not fit the space's 4");
    assertThatThrownBy(() -> RECURRENT.encode(RecurrentArchitecture.parse("0 0 0 0 0 0 0 0 1")))
        .hasMessage("RELU is not one of the space's activations [SIGMOID, TANH]");
    assertThatThrownBy(() -> RECURRENT.encode(RecurrentArchitecture.parse("3 0 0 0 0 0 0 0 0")))
        .hasMessage("node 0 has SIGMOID, in the space it has TANH");
    assertThatThrownBy(() -> RECURRENT.encode(MacroArchitecture.parse("5")))
        .hasMessage("found a macro network where another kind is needed");
    assertThatThrownBy(() -> MICRO.encode(RECURRENT.smallest()))
        .hasMessage("found a recurrent network where another kind is needed");
    assertThatThrownBy(RECURRENT::perceptron)
        .hasMessage("expected perceptrons, found recurrent cells");
  }

  @Test
  void constructor_recurrentSpaceOutOfRange_isRefused() {
    LanguageRegularisation none = LanguageRegularisation.none();
    List<CellActivation> tanh = List.of(CellActivation.TANH);
    assertThatThrownBy(() -> new RecurrentSpace(0, 1, tanh, false, none))
        .hasMessage("a recurrent space needs nodes, width and activations");
    List<CellActivation> twice = List.of(CellActivation.TANH, CellActivation.TANH);
    assertThatThrownBy(() -> new RecurrentSpace(1, 1, twice, false, none))
        .hasMessage("an activation is offered twice in [TANH, TANH]");
    assertThatThrownBy(() -> new LanguageRegularisation(0, 0, 1, 0, 0, 0))
        .hasMessage("state dropout 1.0 is not in [0, 1)");
    assertThatThrownBy(() -> new LanguageRegularisation(0, 0, 0, 0, 0, Double.NaN))
        .hasMessage("slowness cannot weigh NaN");
  }

  @Test
  void encode_foreignArchitecture_saysWhatIsOffered() {
    MacroArchitecture foreign = MacroArchitecture.parse("0 5 0 5 0 0 5 0 0 0");
    assertThatThrownBy(() -> MACRO.encode(foreign))
        .hasMessage("CONV_3X3 is not one of the space's operations [MAX_POOL_3X3, CONV_5X5]");
    assertThatThrownBy(() -> MACRO.encode(MacroArchitecture.parse("5")))
        .hasMessage("1 layers do not fit the space's 4");
    assertThatThrownBy(() -> spaces().get(1).encode(MacroArchitecture.parse("5 5 0 5 0 1")))
        .hasMessageContaining("layer 2 adds in layers");
    assertThatThrownBy(() -> MACRO.encode(new PerceptronArchitecture(List.of())))
        .hasMessage("found a fully connected network where another kind is needed");
    assertThatThrownBy(() -> MICRO.encode(MicroArchitecture.parse("0 0 0 0 0 0 0 0")))
        .hasMessage("1 blocks do not fit the space's 2");
    assertThatThrownBy(
            () -> MICRO.encode(MicroArchitecture.parse("0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1")))
        .hasMessageStartingWith("SEPARABLE_5X5 is not one of the space's operations [IDENTITY,");
  }

  @Test
  void logSize_ofThePublishedMicroSpace_isProductOfItsDecisions() {
    double log = 0;
    for (Decision decision : spaces().get(5).decisions()) {
      log += Math.log10(((Decision.Categorical) decision).options());
    }
    // Every cell twice five operations and one of 2, 3, 4, 5, 6 sources: (5^5 6!)^4.
    assertThat(log).isCloseTo(4 * Math.log10(3125 * 720), within(1e-9));
  }

  @Test
  void logSize_ofThePublishedMacroSpace_isThatOfThePaper() {
    MacroSpace published =
        new MacroSpace(12, new Filters(36), List.of(ConvolutionOperation.values()), true, 0.1);
    double log = 0;
    for (Decision decision : published.decisions()) {
      log +=
          decision instanceof Decision.Categorical categorical
              ? Math.log10(categorical.options())
              : decision.width() * Math.log10(2);
    }
    // 6^12 2^66 = 1.6e29
    assertThat(Math.pow(10, log - 29)).isBetween(1.55, 1.65);
  }

  private static List<Integer> draw(ArchitectureSpace space, SplittableRandom random) {
    List<Integer> drawn = new ArrayList<>();
    for (Decision decision : space.decisions()) {
      for (int bit = 0; bit < decision.width(); bit++) {
        drawn.add(
            random.nextInt(
                decision instanceof Decision.Categorical categorical ? categorical.options() : 2));
      }
    }
    return drawn;
  }
}
