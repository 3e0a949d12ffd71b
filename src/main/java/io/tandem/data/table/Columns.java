package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.NearestName;
import io.tandem.data.Quote;
import io.tandem.data.TableLayout;
import io.tandem.data.row.NumberForm;
import io.tandem.data.row.TableRow;
import io.tandem.dialect.Delimiter;
import io.tandem.dialect.Delimiters;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectRemedy;
import io.tandem.disk.NextCommand;
import io.tandem.outcome.Regression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Reads off the first row of a table what its columns are. */
final class Columns {
  private static final int NAMES_SHOWN = 120;
  private static final String COLUMN_MISSING = "data.format.column_missing";

  private final String place;
  private final List<String> names;
  private final CsvFormat format;

  private Columns(String place, List<String> names, CsvFormat format) {
    this.place = place;
    this.names = names;
    this.format = format;
  }

  /**
   * What the columns are.
   *
   * @param name of the table
   * @param first its first row
   * @param format says where the label is and what is left out
   * @param dialect in which the table is written
   */
  static TableLayout of(String name, TableRow first, CsvFormat format, Dialect dialect) {
    String place = first.place(name);
    List<String> names = format.header() ? first.texts() : numbered(first.cells());
    if (names.size() < 2) {
      throw new DataException(
          Quote.format(
              "%s: %s, expected features and a label; %s",
              place,
              names.isEmpty() ? "no column" : "one column",
              first.named()
                  ? "add columns"
                  : Quote.format(
                      "check that the delimiter is %s%s",
                      Quote.quoted(dialect.delimiter().text()),
                      Delimiters.hint(first.text(0), dialect.delimiter(), DialectRemedy.SETTING))));
    }
    return new Columns(place, names, format).layout(dialect);
  }

  /**
   * The column that a setting names.
   *
   * @param name of the table
   * @param layout what its columns are
   * @param format says whether they have names
   * @param setting for messages
   * @param column a name or an index
   * @return its index in a row
   * @throws DataException if there is none
   */
  static int index(
      String name, TableLayout layout, CsvFormat format, String setting, String column) {
    return new Columns(name, layout.columns(), format).index(setting, column.strip());
  }

  /**
   * Checks that a part of the data has the columns of the training part.
   *
   * @param name of the part
   * @param first its first row
   * @param layout what its columns are
   * @param table the training part
   * @throws DataException if it has others, or in another order
   */
  static void requireSame(String name, TableRow first, TableLayout layout, Table table) {
    List<String> expected = table.layout().columns();
    List<String> found = layout.columns();
    if (found.size() != expected.size()) {
      throw new DataException(
          Quote.format(
              "%s: %d columns, expected %d as in %s; give every part the same columns",
              name, found.size(), expected.size(), table.file()));
    }
    for (int column = 0; column < expected.size(); column++) {
      if (!found.get(column).equals(expected.get(column))) {
        throw new DataException(
            Quote.format(
                "%s:%d: column %s, expected %s as in %s; give every part the same columns in one"
                    + " order",
                first.place(name),
                column + 1,
                Quote.quoted(found.get(column)),
                Quote.quoted(expected.get(column)),
                table.file()));
      }
    }
  }

  private static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(column -> "column" + column).toList();
  }

  private TableLayout layout(Dialect dialect) {
    Set<Integer> ignored = new TreeSet<>();
    for (String column : format.ignore()) {
      ignored.add(index("data.format.ignore", column.strip()));
    }
    int label =
        format.regression().isPresent() ? -1 : index("label column", format.label().strip());
    List<Integer> targets = targets();
    if (ignored.contains(label)) {
      throw new DataException(
          Quote.format(
              "%s: column %s is the label and is ignored, expected one of the two; take it out of"
                  + " data.format.ignore or name another label",
              place, Quote.quoted(names.get(label))));
    }
    for (int target : targets) {
      if (ignored.contains(target)) {
        throw new DataException(
            Quote.format(
                "%s: column %s is to be predicted and is ignored, expected one of the two; take it"
                    + " out of data.format.ignore or data.format.target",
                place, Quote.quoted(names.get(target))));
      }
    }
    Map<Integer, List<String>> missing = missing();
    for (int column : missing.keySet()) {
      if (ignored.contains(column)) {
        throw new DataException(
            Quote.format(
                "%s: column %s is in %s and is ignored, expected one of the two; take it out of"
                    + " data.format.ignore or of %s",
                place, Quote.quoted(names.get(column)), COLUMN_MISSING, COLUMN_MISSING));
      }
    }
    if (label >= 0) {
      format.declared().marks().classes().ifPresent(marks -> missing.putIfAbsent(label, marks));
    }
    int split = split();
    if (split >= 0 && (split == label || targets.contains(split))) {
      throw new DataException(
          Quote.format(
              "%s: column %s is to be predicted and divides the table (%s), expected one of the two;"
                  + " name another column",
              place, Quote.quoted(names.get(split)), format.split().orElseThrow().setting()));
    }
    if (format.header()) {
      checkNames(ignored);
    }
    List<Integer> features = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      if (column != label
          && column != split
          && !targets.contains(column)
          && !ignored.contains(column)) {
        features.add(column);
      }
    }
    if (features.isEmpty()) {
      throw new DataException(
          place
              + ": every column is predicted or ignored, expected at least one feature; take some"
              + " out of data.format.ignore"
              + (targets.isEmpty() ? "" : " or data.format.target"));
    }
    return new TableLayout(
        names, format.header(), label, targets, features, dialect, format.missing(), missing);
  }

  /**
   * The marks of missing values of columns that have others than all columns.
   *
   * @param place of the first row, for messages
   * @param names of all columns
   * @return by index of the column
   * @throws DataException if there is no such column, or it is named twice
   */
  static Map<Integer, List<String>> missing(String place, List<String> names, CsvFormat format) {
    return new Columns(place, names, format).missing();
  }

  private Map<Integer, List<String>> missing() {
    Map<Integer, List<String>> missing = new TreeMap<>();
    for (CsvFormat.ColumnMarks column : format.declared().marks().columns()) {
      int index = index(COLUMN_MISSING, column.column().strip());
      if (missing.put(index, column.marks()) != null) {
        throw new DataException(
            Quote.format(
                "%s: %s names column %s twice, expected once; give all its marks in one",
                place, COLUMN_MISSING, Quote.quoted(names.get(index))));
      }
    }
    return missing;
  }

  /** The column that divides the table; -1 if there is none. */
  private int split() {
    return format
        .split()
        .map(column -> index(column.setting(), column.column().strip()))
        .orElse(-1);
  }

  /**
   * The column by which a table is divided.
   *
   * @param name of the table
   * @param layout what its columns are
   * @param format names it
   * @return its index in a row; -1 if there is none
   */
  static int split(String name, TableLayout layout, CsvFormat format) {
    return new Columns(name, layout.columns(), format).split();
  }

  /** The columns of numbers to be predicted, each once. */
  private List<Integer> targets() {
    List<Integer> targets = new ArrayList<>();
    for (String column : format.regression().map(Regression::columns).orElse(List.of())) {
      int target = index("data.format.target", column.strip());
      if (targets.contains(target)) {
        throw new DataException(
            Quote.format(
                "%s: data.format.target names column %s twice, expected once; take one out",
                place, Quote.quoted(names.get(target))));
      }
      targets.add(target);
    }
    return targets;
  }

  /** Refuses a header whose names do not tell the columns apart. */
  private void checkNames(Set<Integer> ignored) {
    Map<String, Integer> seen = new HashMap<>();
    for (int column = 0; column < names.size(); column++) {
      String name = names.get(column);
      if (ignored.contains(column)) {
        continue;
      }
      if (name.isEmpty()) {
        throw new DataException(
            Quote.format(
                "%s:%d: the column has no name, expected one; name it, or leave it out with %s if it"
                    + " only numbers the rows",
                place,
                column + 1,
                IgnoredColumns.setting(format.ignore(), List.of(String.valueOf(column)))));
      }
      Integer earlier = seen.put(name, column);
      if (earlier != null) {
        throw new DataException(
            Quote.format(
                "%s:%d: column %d is called %s too, expected different names; rename one, or use %s"
                    + " if the table has no header",
                place,
                column + 1,
                earlier + 1,
                Quote.quoted(name),
                NextCommand.set("data.format.header", "false")));
      }
    }
  }

  /** The names that there are, as many as a line can take. */
  private String known() {
    StringBuilder text = new StringBuilder();
    int shown = 0;
    while (shown < names.size() && (shown == 0 || text.length() < NAMES_SHOWN)) {
      text.append(shown == 0 ? "" : ", ").append(Quote.quoted(names.get(shown)));
      shown++;
    }
    return shown < names.size() ? text + " and " + (names.size() - shown) + " more" : "" + text;
  }

  /** A first row of numbers is one of data, and then no column has the name that is looked for. */
  private String header() {
    List<Integer> texts =
        IntStream.range(0, names.size())
            .filter(column -> !NumberForm.isNumber(names.get(column), format.dialect().numbers()))
            .boxed()
            .toList();
    if (2 * texts.size() > names.size()) {
      return "";
    }
    int label = texts.size() == 1 ? texts.get(0) : names.size() - 1;
    return Quote.format(
        "; the first row is used as column names but looks like data: if it is, use %s and name"
            + " columns by their index, as %s",
        NextCommand.set("data.format.header", "false"),
        NextCommand.set("data.format.label", String.valueOf(label)));
  }

  private String hint() {
    return Delimiters.hint(
        String.join(",", names),
        format.dialect().delimiter().orElse(Delimiter.COMMA),
        DialectRemedy.SETTING);
  }

  private int index(String what, String wanted) {
    if (format.header() && names.contains(wanted)) {
      return names.indexOf(wanted);
    }
    if (!wanted.matches("[+-]?[0-9]{1,9}")) {
      throw new DataException(
          format.header()
              ? Quote.format(
                  "%s: no column is called %s (%s), expected one of %s%s%s%s",
                  place,
                  Quote.quoted(wanted),
                  what,
                  known(),
                  NearestName.similar(wanted, names)
                      .map(near -> "; did you mean " + Quote.quoted(near) + "?")
                      .orElse(""),
                  hint(),
                  header())
              : Quote.format(
                  "%s: %s %s is a name, but the table has no header; give an index from 0 to %d, or"
                      + " use %s if the first row is a header",
                  place,
                  what,
                  Quote.quoted(wanted),
                  names.size() - 1,
                  NextCommand.set("data.format.header", "true")));
    }
    int index = Integer.parseInt(wanted);
    int found = index < 0 ? names.size() + index : index;
    if (found < 0 || found >= names.size()) {
      throw new DataException(
          Quote.format(
              "%s: %s %d does not exist, expected %d to %d; -1 is the last one",
              place, what, index, -names.size(), names.size() - 1));
    }
    return found;
  }
}
