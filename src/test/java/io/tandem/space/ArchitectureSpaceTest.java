package io.tandem.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The integers that the controller draws are fed to the child: both ways must agree. */
class ArchitectureSpaceTest {
  private static final MacroSpace MACRO =
      new MacroSpace(
          4,
          3,
          List.of(ConvolutionOperation.MAX_POOL_3X3, ConvolutionOperation.CONV_5X5),
          true,
          0.1);

  static List<ArchitectureSpace> spaces() {
    return List.of(
        MACRO,
        new MacroSpace(3, 3, List.of(ConvolutionOperation.values()), false, 0),
        new PerceptronSpace(
            3, List.of(8, 4), List.of(Activation.values()), List.of(0.0, 0.5), true),
        new PerceptronSpace(2, List.of(8), List.of(Activation.RELU), List.of(0.1, 0.5), false));
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
  void extremes_ofMacroSpace_boundTheNumberOfWeights() {
    SplittableRandom random = new SplittableRandom(2);
    long least = MACRO.smallest().parameters(3, 1, 2);
    long most = MACRO.largest().parameters(3, 1, 2);
    for (int repeat = 0; repeat < 30; repeat++) {
      MacroArchitecture drawn = MACRO.decode(draw(MACRO, random).iterator());
      assertThat(drawn.parameters(3, 1, 2)).isBetween(least, most);
    }
    assertThat(least).isLessThan(most);
  }

  @Test
  void encode_foreignArchitecture_saysWhatIsOffered() {
    MacroArchitecture foreign = MacroArchitecture.parse("0 5 0 5 0 0 5 0 0 0");
    assertThatThrownBy(() -> MACRO.encode(foreign))
        .hasMessage("CONV_3X3 is none of the space's operations [MAX_POOL_3X3, CONV_5X5]");
    assertThatThrownBy(() -> MACRO.encode(MacroArchitecture.parse("5")))
        .hasMessage("1 layers do not fit the space's 4");
    assertThatThrownBy(() -> spaces().get(1).encode(MacroArchitecture.parse("5 5 0 5 0 1")))
        .hasMessageContaining("layer 2 adds in layers");
    assertThatThrownBy(() -> MACRO.encode(new PerceptronArchitecture(List.of())))
        .hasMessage("found a fully connected network where another kind is needed");
  }

  @Test
  void logSize_ofThePublishedMacroSpace_isThatOfThePaper() {
    MacroSpace published =
        new MacroSpace(12, 36, List.of(ConvolutionOperation.values()), true, 0.1);
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
