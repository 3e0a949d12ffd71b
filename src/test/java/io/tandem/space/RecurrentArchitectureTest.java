package io.tandem.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.space.RecurrentArchitecture.Node;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Published cells are exchanged as numbers, in two forms that number activations differently, so
 * what is read must be what was meant, and a slip in a long list must be found by its place.
 */
class RecurrentArchitectureTest {
  /** The cell of Pham et al. 2018, from the README of their code. */
  private static final String PUBLISHED = "0 0 0 1 1 2 1 2 0 2 0 5 1 1 0 6 1 8 1 8 1 8 1";

  private static final RecurrentArchitecture FOUR =
      new RecurrentArchitecture(
          CellActivation.RELU,
          List.of(
              new Node(0, CellActivation.IDENTITY),
              new Node(1, CellActivation.SIGMOID),
              new Node(0, CellActivation.TANH),
              new Node(1, CellActivation.RELU)));

  @Test
  void encoding_fourNodes_isThePublishedForm() {
    assertThat(FOUR.encoding()).isEqualTo("1 0 2 1 3 0 0 1 1");
    assertThat(RecurrentArchitecture.parse(" 1\n0 2\n1 3\n0 0\n1 1\n")).isEqualTo(FOUR);
  }

  @Test
  void parse_publishedCell_isReadAndWrittenBack() {
    RecurrentArchitecture published = RecurrentArchitecture.parse(PUBLISHED);
    assertThat(published.encoding()).isEqualTo(PUBLISHED);
    assertThat(published.looseEnds()).containsExactly(3, 4, 7, 9, 10, 11);
    assertThat(published.text())
        .isEqualTo(
            """
            0: tanh of input and state
            1: tanh of node 0
            2: relu of node 1
            3: relu of node 2
            4: tanh of node 2
            5: tanh of node 2
            6: relu of node 5
            7: tanh of node 1
            8: relu of node 6
            9: relu of node 8
            10: relu of node 8
            11: relu of node 8
            """);
  }

  @Test
  void parse_publishedCellOfTheLaterForm_hasNodeZeroAndItsNumbersOfActivations() {
    assertThat(RecurrentArchitecture.parse("0 2 1 0 2 1 2 2 4 0 5 0 3 2 6 2").text())
        .isEqualTo(
            """
            0: tanh of input and state
            1: sigmoid of node 0
            2: tanh of node 1
            3: relu of node 2
            4: sigmoid of node 2
            5: tanh of node 4
            6: tanh of node 5
            7: sigmoid of node 3
            8: sigmoid of node 6
            """);
    assertThat(RecurrentArchitecture.parse("0 3"))
        .isEqualTo(
            new RecurrentArchitecture(
                CellActivation.TANH, List.of(new Node(0, CellActivation.IDENTITY))));
  }

  @Test
  void codes_activations_areThePublishedOnes() {
    assertThat(CellActivation.values())
        .containsExactly(
            CellActivation.TANH,
            CellActivation.RELU,
            CellActivation.IDENTITY,
            CellActivation.SIGMOID);
    assertThat(CellActivation.SIGMOID.code()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4 0 0|number 1 of the encoding is 4, expected the activation of node 0, 0..3",
        "0 1 0|number 2 of the encoding is 1, expected the node that node 1 reads, 0..0",
        "0 0 4|number 3 of the encoding is 4, expected the activation of node 1, 0..3",
        "0 0 0 2 0|number 4 of the encoding is 2, expected the node that node 2 reads, 0..1",
        "0 0 0 3 0|number 4 of the encoding is 3, expected the node that node 2 reads, 0..1",
        "0 0 0 -1 0|number 4 of the encoding is -1, expected the node that node 2 reads, 0..1",
        "0 0 0 1 x|number 5 of the encoding is x, expected the activation of node 2, 0..3",
        "0 0 0 01 0|number 4 of the encoding is 01, expected the node that node 2 reads, 0..1",
        "0 0 2 0|number 3 of the encoding is 2, expected the node that node 2 reads, 0..1",
        "0 0 1 4|number 4 of the encoding is 4, expected the activation of node 2, 0..3",
        "tanh 0|number 1 of the encoding is tanh, expected the node that node 1 reads, 0..0"
      })
  void parse_slip_namesPlaceFoundAndAllowed(String encoding, String message) {
    assertThatThrownBy(() -> RecurrentArchitecture.parse(encoding))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void parse_numbersMissing_saysHowManyThereAreAndMayBe() {
    assertThatThrownBy(() -> RecurrentArchitecture.parse("0"))
        .hasMessageStartingWith("the encoding has 1 numbers, expected at least 3: the activation");
    assertThatThrownBy(() -> RecurrentArchitecture.parse(" \n"))
        .hasMessageStartingWith("the encoding has 0 numbers, expected at least 3: the activation");
  }

  @Test
  void outputs_chosenNodes_areAllOrThoseThatNobodyReads() {
    assertThat(FOUR.looseEnds()).containsExactly(2, 3, 4);
    assertThat(FOUR.outputs(true)).containsExactly(2, 3, 4);
    assertThat(FOUR.outputs(false)).containsExactly(1, 2, 3, 4);
    assertThat(RecurrentArchitecture.parse("0 0 1 0 2 0").looseEnds()).containsExactly(3);
  }

  @Test
  void parameters_fourNodes_equalHandCount() {
    // Width 3, 7 words: 4 matrices of node 0, 2 of every other node, embedding and bias.
    assertThat(FOUR.parameters(3, 7)).isEqualTo(4 * 9 + 4 * 2 * 9 + 7 * 3 + 7).isEqualTo(136);
  }

  @Test
  void constructor_sourceThatIsNotBefore_isRefused() {
    Node own = new Node(1, CellActivation.TANH);
    assertThatThrownBy(() -> new RecurrentArchitecture(CellActivation.TANH, List.of(own)))
        .hasMessage("node 1 cannot read node 1, expected 0..0");
    Node before = new Node(-1, CellActivation.TANH);
    assertThatThrownBy(() -> new RecurrentArchitecture(CellActivation.TANH, List.of(before)))
        .hasMessage("node 1 cannot read node -1, expected 0..0");
    assertThatThrownBy(() -> new RecurrentArchitecture(CellActivation.TANH, List.of()))
        .hasMessage("a recurrent cell needs a node behind node 0");
  }
}
