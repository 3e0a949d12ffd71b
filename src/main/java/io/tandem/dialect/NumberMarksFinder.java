package io.tandem.dialect;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the marks in the numbers of a table in its first rows. */
final class NumberMarksFinder {
  private static final String POWER = "([eE][+-]?[0-9]{1,3})?";
  private static final Pattern POINT = Pattern.compile("[+-]?[0-9]*[.][0-9]+" + POWER);
  private static final Pattern COMMA = Pattern.compile("[+-]?[0-9]*,[0-9]+" + POWER);
  private static final Pattern GROUPS =
      Pattern.compile(
          "[+-]?[1-9][0-9]{0,2}([,. '\u00a0\u2009\u202f\u2019])[0-9]{3}((\\1[0-9]{3})*)(([.,])[0-9]*)?");

  private final List<SampleRow> rows;

  NumberMarksFinder(List<SampleRow> rows) {
    this.rows = rows;
  }

  /** A number that is looked at. */
  private enum Form {
    /** None, or one that has no marks. */
    NONE,
    /** A point before the fraction, and no other reading. */
    POINT,
    /** A comma before the fraction, and no other reading. */
    COMMA,
    /** A comma or a point before three digits, which may be of either kind. */
    EITHER
  }

  private static Form form(String cell) {
    Matcher groups = GROUPS.matcher(cell);
    if (groups.matches()) {
      String decimal = groups.group(5);
      char mark = groups.group(1).charAt(0);
      if (decimal != null) {
        return decimal.charAt(0) == mark
            ? Form.NONE
            : decimal.equals(",") ? Form.COMMA : Form.POINT;
      }
      if (mark != '.' && mark != ',') {
        return Form.NONE;
      }
      if (groups.group(2).isEmpty()) {
        return Form.EITHER;
      }
      return mark == '.' ? Form.COMMA : Form.POINT;
    }
    if (COMMA.matcher(cell).matches()) {
      return Form.COMMA;
    }
    return POINT.matcher(cell).matches() ? Form.POINT : Form.NONE;
  }

  private boolean hasForm(Form form) {
    return rows.stream().flatMap(row -> row.cells().stream()).anyMatch(cell -> form(cell) == form);
  }

  /**
   * The decimal mark; empty if there is no number that tells, or some tell one and some the other.
   */
  Optional<Character> decimal() {
    boolean comma = hasForm(Form.COMMA);
    boolean point = hasForm(Form.POINT);
    return comma == point ? Optional.empty() : Optional.of(comma ? ',' : '.');
  }

  /**
   * The mark between thousands.
   *
   * @param decimal the decimal mark
   * @return {@link NumberMarks#NONE} if there is none, or numbers contradict each other
   */
  char thousands(char decimal) {
    char found = NumberMarks.NONE;
    for (SampleRow row : rows) {
      for (String cell : row.cells()) {
        Matcher groups = GROUPS.matcher(cell);
        if (!groups.matches()) {
          continue;
        }
        char mark = NumberMarks.canonical(groups.group(1).charAt(0));
        String fraction = groups.group(5);
        if (fraction != null && fraction.charAt(0) != decimal) {
          return NumberMarks.NONE;
        }
        boolean tells =
            fraction != null || !groups.group(2).isEmpty() || mark == '\'' || mark == ' ';
        if (mark == decimal || !tells) {
          continue;
        }
        if (found != NumberMarks.NONE && found != mark) {
          return NumberMarks.NONE;
        }
        found = mark;
      }
    }
    return found;
  }
}
