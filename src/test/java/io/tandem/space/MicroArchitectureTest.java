package io.tandem.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.space.MicroArchitecture.Block;
import io.tandem.space.MicroArchitecture.Cell;
import io.tandem.space.MicroArchitecture.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Published cells are exchanged as numbers, so what is read must be what was meant, and a slip in a
 * long list must be found by its place.
 */
class MicroArchitectureTest {
  /** The best cells of Pham et al. 2018, from their cifar10_micro_final.sh. */
  private static final String PUBLISHED =
      "0 2 0 0 0 4 0 1 0 4 1 1 1 0 0 1 0 2 1 1 1 0 1 0 0 3 0 2 1 1 3 1 1 0 0 4 0 3 1 1";

  private static final MicroArchitecture TWO =
      MicroArchitecture.parse("1 0 0 4 2 1 1 3 0 4 1 0 2 4 0 2");

  @Test
  void encoding_twoBlocks_isThePublishedForm() {
    Cell normal =
        new Cell(
            List.of(
                new Block(
                    new Value(MicroArchitecture.PREVIOUS, CellOperation.SEPARABLE_3X3),
                    new Value(MicroArchitecture.BEFORE_PREVIOUS, CellOperation.IDENTITY)),
                new Block(
                    new Value(MicroArchitecture.INPUTS, CellOperation.SEPARABLE_5X5),
                    new Value(MicroArchitecture.PREVIOUS, CellOperation.MAX_POOL_3X3))));
    Cell reduction =
        new Cell(
            List.of(
                new Block(
                    new Value(MicroArchitecture.BEFORE_PREVIOUS, CellOperation.IDENTITY),
                    new Value(MicroArchitecture.PREVIOUS, CellOperation.SEPARABLE_3X3)),
                new Block(
                    new Value(MicroArchitecture.INPUTS, CellOperation.IDENTITY),
                    new Value(MicroArchitecture.BEFORE_PREVIOUS, CellOperation.AVERAGE_POOL_3X3))));
    MicroArchitecture both = new MicroArchitecture(normal, reduction);
    assertThat(both.encoding()).isEqualTo("1 0 0 4 2 1 1 3 0 4 1 0 2 4 0 2");
    assertThat(TWO).isEqualTo(both);
  }

  @Test
  void parse_publishedCells_areReadAndWrittenBack() {
    MicroArchitecture published =
        MicroArchitecture.parse(PUBLISHED.replace(" 1 0 1 0", "\n1 0 1 0"));
    assertThat(published.encoding()).isEqualTo(PUBLISHED);
    assertThat(published.normal().blocks()).hasSize(5);
    assertThat(published.normal().looseEnds()).containsExactly(0, 1, 2, 3, 4);
    assertThat(published.reduction().looseEnds()).containsExactly(0, 2, 3, 4);
    assertThat(published.text())
        .isEqualTo(
            """
            normal 0: average pool 3x3 of cell k-2 + separable 3x3 of cell k-2
            normal 1: identity of cell k-2 + separable 5x5 of cell k-2
            normal 2: identity of cell k-2 + separable 5x5 of cell k-1
            normal 3: separable 3x3 of cell k-1 + separable 5x5 of cell k-2
            normal 4: average pool 3x3 of cell k-2 + separable 5x5 of cell k-1
            reduction 0: separable 3x3 of cell k-1 + separable 3x3 of cell k-1
            reduction 1: max pool 3x3 of cell k-2 + average pool 3x3 of cell k-2
            reduction 2: separable 5x5 of cell k-1 + separable 5x5 of block 1
            reduction 3: separable 3x3 of cell k-1 + identity of cell k-2
            reduction 4: max pool 3x3 of cell k-2 + separable 5x5 of cell k-1
            """);
  }

  @Test
  void codes_operations_areThePublishedOnes() {
    assertThat(CellOperation.values())
        .containsExactly(
            CellOperation.SEPARABLE_3X3,
            CellOperation.SEPARABLE_5X5,
            CellOperation.AVERAGE_POOL_3X3,
            CellOperation.MAX_POOL_3X3,
            CellOperation.IDENTITY);
    assertThat(CellOperation.IDENTITY.code()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 0 0 4 0 0 0 0|number 1 of the encoding is 2, expected a source of block 0, 0..1",
        "0 5 0 4 0 0 0 0|number 2 of the encoding is 5, expected an operation, 0..4",
        "0 0 0 4 0 0 -1 0|number 7 of the encoding is -1, expected a source of block 0, 0..1",
        "0 0 0 0 3 0 0 0 0 0 0 0 0 0 0 0"
            + "|number 5 of the encoding is 3, expected a source of block 1, 0..2",
        "0 0 0 0 2 0 0 0 0 0 0 0 0 0 2 x"
            + "|number 16 of the encoding is x, expected an operation, 0..4",
        "0 0 0 4 0 0 0 00|number 8 of the encoding is 00, expected an operation, 0..4"
      })
  void parse_slip_namesPlaceFoundAndAllowed(String encoding, String message) {
    assertThatThrownBy(() -> MicroArchitecture.parse(encoding))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void parse_numbersMissing_saysHowManyThereAreAndMayBe() {
    assertThatThrownBy(() -> MicroArchitecture.parse("0 1 0 1"))
        .hasMessageStartingWith("the encoding has 4 numbers, expected a multiple of 8: source,");
    assertThatThrownBy(() -> MicroArchitecture.parse(" \n"))
        .hasMessageStartingWith("the encoding has 0 numbers, expected a multiple of 8: source,");
  }

  @Test
  void looseEnds_chain_isTheLastBlock() {
    assertThat(TWO.normal().looseEnds()).containsExactly(1);
    assertThat(TWO.reduction().looseEnds()).containsExactly(1);
  }

  @Test
  void reductions_numbersOfCells_areThoseOfThePublishedCode() {
    assertThat(MicroArchitecture.reductions(6)).containsExactly(2, 5);
    assertThat(MicroArchitecture.reductions(15)).containsExactly(5, 11);
    assertThat(MicroArchitecture.reductions(4)).containsExactly(1, 3);
    assertThat(MicroArchitecture.reductions(1)).containsExactly(0, 1);
  }

  @Test
  void parameters_twoBlocks_equalHandCount() {
    // Filters 2, image of 1 channel, 3 classes, one normal cell: reduction of width 4, reduction of
    // width 8, normal of width 8.
    int stem = 9 * 6 + 2 * 6;
    int inputs = ((6 + 6) * 4 + 2 * 8) + ((6 + 4) * 8 + 2 * 16) + ((4 + 8) * 8 + 2 * 16);
    // Identity of an input is halved by a mixing, identity of a block is not.
    int reduction4 = (16 + 8) + 2 * (9 * 4 + 16 + 8) + 0 + 0;
    int reduction8 = (64 + 16) + 2 * (9 * 8 + 64 + 16) + 0 + 0;
    int normal8 = 2 * (9 * 8 + 64 + 16) + 0 + 2 * (25 * 8 + 64 + 16) + 0;
    int outputs = (16 + 8) + (64 + 16) + (64 + 16);
    int head = 8 * 3 + 3;
    assertThat(TWO.parameters(1, 2, 1, 3))
        .isEqualTo(stem + inputs + reduction4 + reduction8 + normal8 + outputs + head)
        .isEqualTo(1973);
  }

  @Test
  void parameters_looseEnds_eachAddTheirPartOfTheOutput() {
    MicroArchitecture chained = MicroArchitecture.parse("1 3 1 3 2 3 2 3 1 3 1 3 2 3 2 3");
    MicroArchitecture loose = MicroArchitecture.parse("1 3 1 3 1 3 1 3 1 3 1 3 1 3 1 3");
    assertThat(loose.parameters(1, 2, 1, 3) - chained.parameters(1, 2, 1, 3))
        .isEqualTo(16 + 64 + 64);
  }

  @Test
  void constructor_sourceThatIsNotBefore_isRefused() {
    Value own = new Value(MicroArchitecture.INPUTS, CellOperation.IDENTITY);
    assertThatThrownBy(() -> new Cell(List.of(new Block(own, own))))
        .hasMessage("block 0 cannot read source 2, expected 0..1");
    assertThatThrownBy(() -> new Cell(List.of())).hasMessage("a cell needs a block");
    Value input = new Value(0, CellOperation.IDENTITY);
    Cell one = new Cell(List.of(new Block(input, input)));
    assertThatThrownBy(() -> new MicroArchitecture(TWO.normal(), one))
        .hasMessage("the normal cell has 2 blocks, the reduction cell 1: not the same");
  }
}
