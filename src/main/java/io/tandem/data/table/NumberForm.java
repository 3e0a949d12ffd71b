package io.tandem.data.table;

import io.tandem.data.Quote;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectRemedy;
import io.tandem.dialect.Marks;
import io.tandem.dialect.NumberMarks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number that is written as a spreadsheet shows it, in a form that a table's {@link NumberMarks}
 * do not have: with another decimal mark, separators of thousands or a percent sign.
 *
 * @param name what the form is, for messages
 * @param remedy what to set, and what to write instead
 */
record NumberForm(String name, String remedy) {
  /** Quick to see: nearly all texts are none. */
  private static final Pattern BEGINNING = Pattern.compile("[+-]?[.,]?[0-9]");

  private static final Pattern PERCENT = Pattern.compile("(.*[0-9.])[\\s\\u00a0\\u202f]*%");
  private static final Pattern GROUPED = Pattern.compile("[+-]?[0-9]+[^0-9].*");
  private static final List<Character> THOUSANDS = List.of(NumberMarks.NONE, ',', '.', ' ', '\'');

  /**
   * A way to read a number.
   *
   * @param marks with which it is one
   * @param plain the number as programs write it
   */
  private record Reading(NumberMarks marks, String plain) {}

  /**
   * The form of a cell; empty if it holds a number of the table's form, or none.
   *
   * @param dialect of the table
   * @param remedy how another one is set
   */
  static Optional<NumberForm> of(String text, Dialect dialect, DialectRemedy remedy) {
    if (!BEGINNING.matcher(text).lookingAt() || isNumber(text, dialect.numbers())) {
      return Optional.empty();
    }
    if (text.endsWith("%")) {
      return percent(text, dialect.numbers());
    }
    List<Reading> readings = readings(text, dialect.numbers());
    if (readings.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        readings.size() == 1
            ? one(readings.get(0), dialect, remedy)
            : either(readings.get(0), readings.get(1), dialect, remedy));
  }

  /** Returns true if a text is a number with some marks. */
  static boolean isNumber(String text, NumberMarks marks) {
    return marks.plain(text).filter(plain -> !Decimal.isNone(plain)).isPresent();
  }

  private static Optional<NumberForm> percent(String text, NumberMarks own) {
    Matcher percent = PERCENT.matcher(text);
    if (!percent.matches()) {
      return Optional.empty();
    }
    String number = percent.group(1);
    Optional<String> written =
        isNumber(number, own)
            ? Optional.of(number)
            : readings(number, own).stream()
                .map(reading -> own.written(reading.plain()))
                .findFirst();
    return written.map(
        plain -> new NumberForm("has a percent sign", "write it without the sign, as " + plain));
  }

  /** The ways to read a text, those with fewer other marks first, each with another number. */
  private static List<Reading> readings(String text, NumberMarks own) {
    List<Reading> readings = new ArrayList<>();
    char other = own.decimal() == '.' ? ',' : '.';
    for (char decimal : new char[] {own.decimal(), other}) {
      for (char thousands : THOUSANDS) {
        if (decimal != thousands) {
          add(text, new NumberMarks(decimal, thousands), readings);
        }
      }
    }
    return readings;
  }

  private static void add(String text, NumberMarks marks, List<Reading> readings) {
    // A comma at the end, or a power of a grouped number, is none of a spreadsheet.
    boolean grouped = marks.thousands() != NumberMarks.NONE && GROUPED.matcher(text).matches();
    if (text.endsWith(",") || grouped && (text.indexOf('e') >= 0 || text.indexOf('E') >= 0)) {
      return;
    }
    marks
        .plain(text)
        .filter(plain -> !Decimal.isNone(plain))
        .filter(plain -> readings.stream().noneMatch(known -> known.plain().equals(plain)))
        .ifPresent(plain -> readings.add(new Reading(marks, plain)));
  }

  private static NumberForm one(Reading reading, Dialect dialect, DialectRemedy remedy) {
    NumberMarks own = dialect.numbers();
    NumberMarks marks = reading.marks();
    boolean grouped = marks.thousands() != NumberMarks.NONE;
    String setting = setting(marks, dialect, remedy);
    String use = setting.isEmpty() ? "" : "use " + setting + " if numbers are written so, or ";
    String written = own.written(reading.plain());
    return grouped
        ? new NumberForm(
            "has separators of thousands", use + "write it without them, as " + written)
        : new NumberForm(
            marks.decimal() == ',' ? "has a decimal comma" : "has a decimal point",
            use
                + (own.decimal() == '.'
                    ? "write it with a point, as "
                    : "write it with a comma, as ")
                + written);
  }

  private static NumberForm either(
      Reading first, Reading second, Dialect dialect, DialectRemedy remedy) {
    NumberMarks own = dialect.numbers();
    Reading grouped = first.marks().thousands() == NumberMarks.NONE ? second : first;
    Reading fraction = grouped.equals(first) ? second : first;
    boolean comma = fraction.marks().decimal() == ',';
    String between = setting(grouped.marks(), dialect, remedy);
    String before = setting(fraction.marks(), dialect, remedy);
    String use =
        before.isEmpty()
            ? "use " + between + " if it is between thousands, or "
            : Quote.format(
                "use %s if it is the decimal mark, or %s if it is between thousands, or ",
                before, between);
    return new NumberForm(
        comma
            ? "has a comma, which stands for the decimal point or between thousands"
            : "has a point, which stands for the decimal comma or between thousands",
        Quote.format(
            "%swrite it with a %s as %s, or without the %s as %s",
            use,
            own.decimal() == '.' ? "point" : "comma",
            own.written(fraction.plain()),
            comma ? "comma" : "point",
            own.written(grouped.plain())));
  }

  /** What sets marks that differ from those of the table; empty if they cannot be set with it. */
  private static String setting(NumberMarks marks, Dialect dialect, DialectRemedy remedy) {
    NumberMarks own = dialect.numbers();
    if (marks.decimal() == dialect.delimiter().symbol()) {
      return "";
    }
    List<String> settings = new ArrayList<>();
    if (marks.decimal() != own.decimal()) {
      settings.add(remedy.set("decimal", String.valueOf(marks.decimal())));
    }
    if (marks.thousands() != own.thousands()) {
      settings.add(remedy.set("thousands", Marks.text(marks.thousands())));
    }
    return String.join(" ", settings);
  }
}
