package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.NearestName;
import io.tandem.data.Quote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the columns of a table are.
 *
 * @param names of all columns: from the header, or {@code column0}, {@code column1}, ...
 * @param label index of the label column
 */
record Columns(List<String> names, int label) {
  /** Copies the list. */
  Columns {
    names = List.copyOf(names);
  }

  /**
   * Reads them off the first row.
   *
   * @param name of the table
   * @param first its first row
   * @param format says where the label is
   */
  static Columns of(String name, CsvRow first, CsvFormat format) {
    List<String> names = format.header() ? first.texts() : numbered(first.cells());
    String place = name + ":" + first.line();
    if (names.size() < 2) {
      throw new DataException(
          place
              + ": one column, expected features and a label; check that the delimiter is "
              + Quote.quoted(String.valueOf(format.delimiter())));
    }
    if (format.header()) {
      checkNames(place, names);
    }
    return new Columns(names, label(place, names, format));
  }

  private static List<String> numbered(int count) {
    List<String> names = new ArrayList<>(count);
    for (int column = 0; column < count; column++) {
      names.add("column" + column);
    }
    return names;
  }

  /** Refuses a header whose names do not tell the columns apart. */
  private static void checkNames(String place, List<String> names) {
    Map<String, Integer> seen = new HashMap<>();
    for (int column = 0; column < names.size(); column++) {
      String name = names.get(column);
      if (name.isEmpty()) {
        throw new DataException(
            Quote.format(
                "%s:%d: the column has no name, expected one; name it, or remove it if it only"
                    + " numbers the rows",
                place, column + 1));
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

  private static int label(String place, List<String> names, CsvFormat format) {
    String wanted = format.label().strip();
    if (format.header() && names.contains(wanted)) {
      return names.indexOf(wanted);
    }
    if (!wanted.matches("[+-]?[0-9]{1,9}")) {
      throw new DataException(
          format.header()
              ? Quote.format(
                  "%s: no column is called %s, expected one of the header's names; did you mean"
                      + " %s?",
                  place, Quote.quoted(wanted), Quote.quoted(NearestName.of(wanted, names)))
              : Quote.format(
                  "%s: label column %s is a name, but the table has no header; give an index from 0"
                      + " to %d, or say that the first row is a header",
                  place, Quote.quoted(wanted), names.size() - 1));
    }
    int index = Integer.parseInt(wanted);
    int label = index < 0 ? names.size() + index : index;
    if (label < 0 || label >= names.size()) {
      throw new DataException(
          Quote.format(
              "%s: label column %d does not exist, expected %d to %d; -1 is the last one",
              place, index, -names.size(), names.size() - 1));
    }
    return label;
  }

  /** The names without that of the label. */
  List<String> features() {
    List<String> features = new ArrayList<>(names);
    features.remove(label);
    return features;
  }
}
