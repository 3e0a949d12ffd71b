package io.tandem.data.table;

import io.tandem.data.Quote;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number that is written as a spreadsheet shows it, in a form that {@link Decimal} does not take:
 * with a decimal comma, separators of thousands or a percent sign.
 *
 * @param name what the form is, for messages
 * @param remedy what to write instead
 */
record NumberForm(String name, String remedy) {
  private static final String POWER = "([eE][+-]?[0-9]{1,3})?";
  // A comma before three digits may be of either kind: 1,234.
  private static final Pattern EITHER = Pattern.compile("([+-]?[1-9][0-9]{0,2}),([0-9]{3})");
  private static final Pattern COMMA = Pattern.compile("[+-]?[0-9]*,[0-9]+" + POWER);
  // No-break and thin spaces are what programs write between thousands; \\u2019 is the Swiss sign.
  private static final Pattern THOUSANDS =
      Pattern.compile(
          "[+-]?[1-9][0-9]{0,2}(([, \\u00a0\\u2009\\u202f'\\u2019])[0-9]{3}(\\2[0-9]{3})*)([.][0-9]*)?");
  private static final Pattern THOUSANDS_AND_COMMA =
      Pattern.compile(
          "[+-]?[1-9][0-9]{0,2}(([. \\u00a0\\u2009\\u202f'\\u2019])[0-9]{3}(\\2[0-9]{3})*),[0-9]+");
  private static final Pattern PERCENT = Pattern.compile("(.*[0-9.])[\\s\\u00a0\\u202f]*%");
  private static final List<String> MARKS =
      List.of(" ", "\u00a0", "\u2009", "\u202f", "'", "\u2019");

  /** The form of a cell; empty if it holds a plain number, or none. */
  static Optional<NumberForm> of(String text) {
    Matcher percent = PERCENT.matcher(text);
    if (percent.matches()) {
      String number = percent.group(1);
      return Decimal.isNone(number) && plain(number).isEmpty()
          ? Optional.empty()
          : Optional.of(
              new NumberForm(
                  "has a percent sign",
                  "write it without the sign, as " + plain(number).orElse(number)));
    }
    Matcher either = EITHER.matcher(text);
    if (either.matches()) {
      return Optional.of(
          new NumberForm(
              "has a comma, which stands for the decimal point or between thousands",
              Quote.format(
                  "write it with a point as %s.%s, or without the comma as %s%s",
                  either.group(1), either.group(2), either.group(1), either.group(2))));
    }
    return plain(text)
        .map(
            number ->
                COMMA.matcher(text).matches()
                    ? new NumberForm("has a decimal comma", "write it with a point, as " + number)
                    : new NumberForm(
                        "has separators of thousands", "write it without them, as " + number));
  }

  /** The same number as {@link Decimal} takes it; empty if it is not of a known form. */
  private static Optional<String> plain(String text) {
    if (COMMA.matcher(text).matches()) {
      return Optional.of(text.replace(',', '.'));
    }
    if (THOUSANDS.matcher(text).matches()) {
      return Optional.of(withoutMarks(text.replace(",", "")));
    }
    if (THOUSANDS_AND_COMMA.matcher(text).matches()) {
      return Optional.of(withoutMarks(text.replace(".", "").replace(',', '.')));
    }
    return Optional.empty();
  }

  private static String withoutMarks(String text) {
    String plain = text;
    for (String mark : MARKS) {
      plain = plain.replace(mark, "");
    }
    return plain;
  }
}
