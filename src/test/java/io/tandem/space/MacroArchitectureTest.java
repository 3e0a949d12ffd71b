package io.tandem.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.space.MacroArchitecture.Layer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Published architectures are exchanged as numbers, so what is read must be what was meant, and a
 * slip in a long list must be found by its place.
 */
class MacroArchitectureTest {
  private static final MacroArchitecture THREE =
      new MacroArchitecture(
          List.of(
              new Layer(ConvolutionOperation.CONV_3X3, List.of()),
              new Layer(ConvolutionOperation.SEPARABLE_3X3, List.of()),
              new Layer(ConvolutionOperation.SEPARABLE_5X5, List.of(0, 1))));

  @Test
  void encoding_threeLayers_isThePublishedForm() {
    assertThat(THREE.encoding()).isEqualTo("0 1 0 3 1 1");
    assertThat(MacroArchitecture.parse(" 0\n1 0\n3 1 1\n")).isEqualTo(THREE);
  }

  @Test
  void codes_operations_areThePublishedOnes() {
    assertThat(ConvolutionOperation.values())
        .containsExactly(
            ConvolutionOperation.CONV_3X3,
            ConvolutionOperation.SEPARABLE_3X3,
            ConvolutionOperation.CONV_5X5,
            ConvolutionOperation.SEPARABLE_5X5,
            ConvolutionOperation.AVERAGE_POOL_3X3,
            ConvolutionOperation.MAX_POOL_3X3);
    assertThat(ConvolutionOperation.MAX_POOL_3X3.code()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 1 0 3 1|the encoding has 5 numbers, expected 3 for 2 layers or 6 for 3 layers",
        "0 1|the encoding has 2 numbers, expected 1 for 1 layers or 3 for 2 layers",
        "6|number 1 of the encoding is 6, expected an operation, 0..5",
        "0 1 0 -3 1 1|number 4 of the encoding is -3, expected an operation, 0..5",
        "0 1 0 3 1 2|number 6 of the encoding is 2, expected a bit for layer 0, 0..1",
        "0 1 x|number 3 of the encoding is x, expected a bit for stem, 0..1",
        "0 1 00|number 3 of the encoding is 00, expected a bit for stem, 0..1"
      })
  void parse_slip_namesPlaceFoundAndAllowed(String encoding, String message) {
    assertThatThrownBy(() -> MacroArchitecture.parse(encoding))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void parse_nothing_isRefused() {
    assertThatThrownBy(() -> MacroArchitecture.parse(" \n"))
        .hasMessageContaining("the encoding is empty");
  }

  @Test
  void text_threeLayers_isForPeople() {
    assertThat(THREE.text())
        .isEqualTo("0: conv 3x3\n1: separable 3x3\n2: separable 5x5, adds stem, layer 0\n");
  }

  @Test
  void reductions_depths_areThirdsRoundedDown() {
    assertThat(MacroArchitecture.reductions(12)).containsExactly(4, 8);
    assertThat(MacroArchitecture.reductions(24)).containsExactly(8, 16);
    assertThat(MacroArchitecture.reductions(8)).containsExactly(2, 5);
    assertThat(MacroArchitecture.reductions(2)).containsExactly(1);
    assertThat(MacroArchitecture.reductions(1)).isEmpty();
  }

  @Test
  void parameters_threeLayers_equalHandCount() {
    // Filters 4, image of 2 channels, 3 classes. Reductions after layer 0 and after layer 1.
    int stem = 9 * 2 * 4 + 8;
    int conv = (16 + 8) + (9 * 16 + 8) + 8;
    int separable3 = (16 + 8) + (9 * 4 + 16 + 8) + 8;
    int separable5 = (16 + 8) + (25 * 4 + 16 + 8) + 8;
    // Layer 2 adds in the stem and layer 0, which pass both; layer 1 passes the second.
    int reductions = 5 * (16 + 8);
    int head = 4 * 3 + 3;
    assertThat(THREE.parameters(new Filters(4), 2, 3))
        .isEqualTo(stem + conv + separable3 + separable5 + reductions + head);
  }

  @Test
  void parameters_doubledFilters_equalHandCount() {
    // As above with 4, 8 and 16 channels.
    int stem = 9 * 2 * 4 + 8;
    int conv = (16 + 8) + (9 * 16 + 8) + 8;
    int separable3 = (64 + 16) + (9 * 8 + 64 + 16) + 16;
    int separable5 = (256 + 32) + (25 * 16 + 256 + 32) + 32;
    int reductions = 2 * (4 * 8 + 16) + 3 * (8 * 16 + 32);
    int head = 16 * 3 + 3;
    assertThat(THREE.parameters(new Filters(4, true), 2, 3))
        .isEqualTo(stem + conv + separable3 + separable5 + reductions + head);
  }

  @Test
  void parameters_pooling_hasNoKernelOfItsOwn() {
    MacroArchitecture pooling =
        new MacroArchitecture(
            List.of(
                new Layer(ConvolutionOperation.MAX_POOL_3X3, List.of()),
                new Layer(ConvolutionOperation.AVERAGE_POOL_3X3, List.of())));
    int stem = 9 * 3 * 5 + 10;
    int layer = 25 + 10 + 10;
    int reduction = 25 + 10;
    assertThat(pooling.parameters(new Filters(5), 3, 10))
        .isEqualTo(stem + 2 * layer + reduction + 60);
  }

  @Test
  void constructor_forwardSkip_isRefused() {
    assertThatThrownBy(
            () ->
                new MacroArchitecture(
                    List.of(new Layer(ConvolutionOperation.CONV_3X3, List.of(0)))))
        .hasMessage("layer 0 cannot add in 0, which is not before it");
  }
}
