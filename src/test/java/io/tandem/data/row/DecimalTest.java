package io.tandem.data.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast way to numbers must give the bits of the slow one. */
class DecimalTest {
  private static double parse(String text) {
    char[] padded = ("9" + text + "9").toCharArray();
    return Decimal.parse(padded, 1, padded.length - 1);
  }

  @Property
  void parse_doubles_matchTheLibrary(@ForAll double value) {
    assertThat(parse(Double.toString(value))).isEqualTo(value);
  }

  @Property
  void parse_plainNotation_matchesTheLibrary(@ForAll BigDecimal value) {
    String text = value.toPlainString();
    assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
  }

  @Property(tries = 5000)
  void parse_numberLikeText_isExactOrNothing(
      @ForAll
          @StringLength(max = 12)
          @Chars({'.', '-', '+', 'e', 'E', 'd', 'x', ' '})
          @CharRange(from = '0', to = '9')
          String text) {
    boolean number = text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    // Boxed, so that NaN equals itself.
    assertThat((Double) parse(text)).isEqualTo(number ? Double.valueOf(text) : (Double) Double.NaN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1",
        "-0",
        "123456789012345",
        "1234567890123456",
        "9007199254740993",
        "0.30000000000000004",
        "1e-400",
        "4.9e-324",
        "0.0000000000000000000000000000000001",
        "000000000000000000000000000000001.5",
        "100000000000000000000000"
      })
  void parse_edges_matchTheLibrary(String text) {
    assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
  }
}
