package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.NearestName;
import io.tandem.data.Quote;
import io.tandem.data.TableLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Reads off the first row of a table what its columns are. */
final class Columns {
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
   */
  static TableLayout of(String name, CsvRow first, CsvFormat format) {
    String place = name + ":" + first.line();
    List<String> names = format.header() ? first.texts() : numbered(first.cells());
    if (names.size() < 2) {
      throw new DataException(
          Quote.format(
              "%s: one column, expected features and a label; check that the delimiter is %s%s",
              place,
              Quote.quoted(String.valueOf(format.delimiter())),
              Delimiters.hint(first.text(0), format.delimiter(), Delimiters.SETTING)));
    }
    return new Columns(place, names, format).layout();
  }

  private static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(column -> "column" + column).toList();
  }

  private TableLayout layout() {
    Set<Integer> ignored = new TreeSet<>();
    for (String column : format.ignore()) {
      ignored.add(index("data.format.ignore", column.strip()));
    }
    int label = index("label column", format.label().strip());
    if (ignored.contains(label)) {
      throw new DataException(
          Quote.format(
              "%s: column %s is the label and is ignored, expected one of the two; take it out of"
                  + " data.format.ignore or name another label",
              place, Quote.quoted(names.get(label))));
    }
    if (format.header()) {
      checkNames(ignored);
    }
    List<Integer> features = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      if (column != label && !ignored.contains(column)) {
        features.add(column);
      }
    }
    if (features.isEmpty()) {
      throw new DataException(
          place
              + ": every column but the label is ignored, expected at least one feature; take some"
              + " out of data.format.ignore");
    }
    return new TableLayout(
        names, format.header(), label, features, format.delimiter(), format.missing());
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
                "%s:%d: the column has no name, expected one; name it, or leave it out with"
                    + " data.format.ignore: \"%d\" if it only numbers the rows",
                place, column + 1, column));
      }
      Integer earlier = seen.put(name, column);
      if (earlier != null) {
        throw new DataException(
            Quote.format(
                "%s:%d: column %d is called %s too, expected different names; rename one, or say"
                    + " that the table has no header",
                place, column + 1, earlier + 1, Quote.quoted(name)));
      }
    }
  }

  private int index(String what, String wanted) {
    if (format.header() && names.contains(wanted)) {
      return names.indexOf(wanted);
    }
    if (!wanted.matches("[+-]?[0-9]{1,9}")) {
      throw new DataException(
          format.header()
              ? Quote.format(
                  "%s: no column is called %s (%s), expected one of the header's names%s%s",
                  place,
                  Quote.quoted(wanted),
                  what,
                  NearestName.similar(wanted, names)
                      .map(near -> "; did you mean " + Quote.quoted(near) + "?")
                      .orElse(""),
                  Delimiters.hint(String.join(",", names), format.delimiter(), Delimiters.SETTING))
              : Quote.format(
                  "%s: %s %s is a name, but the table has no header; give an index from 0 to %d, or"
                      + " say that the first row is a header",
                  place, what, Quote.quoted(wanted), names.size() - 1));
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
