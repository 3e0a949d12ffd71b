package io.tandem.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.disk.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A seed that is counted twice makes a comparison look surer than it is. */
class SeedListTest {
  @Test
  void parse_numbersAndRanges_keepTheirOrder() {
    assertThat(SeedList.parse("7, 1..3,9007199254740992"))
        .containsExactly(7L, 1L, 2L, 3L, 9_007_199_254_740_992L);
    assertThat(SeedList.parse("0")).containsExactly(0L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1,1            | 1 is given twice
          1..4,3         | 3 is given twice
          ''             | "" is not a seed
          1,             | "" is not a seed
          one            | "one" is not a seed
          -1             | "-1" is not a seed
          1.5            | "1.5" is not a seed
          3..1           | "3..1" is not a range
          1..2..3        | "1..2..3" is not a range
          9007199254740993 | "9007199254740993" is not a seed
          99999999999999999999 | is not a seed
          0..1000000000  | more than 1000 seeds
          """)
  void parse_wrongList_saysWhatIsWrongInOneLine(String text, String expected) {
    assertThatThrownBy(() -> SeedList.parse(text))
        .isInstanceOf(UserError.class)
        .message()
        .startsWith("--seeds ")
        .contains(expected)
        .hasLineCount(1);
  }
}
