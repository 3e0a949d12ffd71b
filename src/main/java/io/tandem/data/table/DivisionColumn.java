package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.CsvFormat.SplitColumn;
import io.tandem.data.Quote;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The column by which a table is divided, as it is read. */
final class DivisionColumn {
  private static final int FIRST = 1 << 8;
  private static final double NANOS = 1e9;

  private final String file;
  private final int place;
  private final SplitColumn column;
  private final CsvFormat format;
  private final BadCells bad;
  private final Map<String, Integer> groups = new HashMap<>();
  private double[] values = new double[FIRST];
  private int size;

  /**
   * Nothing read yet.
   *
   * @param file name of the table
   * @param place index of the column in a row
   * @param column says what the column means
   * @param format says which cells are missing values
   * @param bad gets cells that say nothing
   */
  DivisionColumn(String file, int place, SplitColumn column, CsvFormat format, BadCells bad) {
    this.file = file;
    this.place = place;
    this.column = column;
    this.format = format;
    this.bad = bad;
  }

  /** Adds that of a row. */
  void add(CsvRow row) {
    String text = row.text(place);
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value(row, text);
  }

  private double value(CsvRow row, String text) {
    if (format.isMissing(text)) {
      refuse(row, "the cell is empty, expected a value, as the table is divided by it");
      return 0;
    }
    if (column.kind() == SplitColumn.Kind.GROUP) {
      return groups.computeIfAbsent(text, key -> groups.size());
    }
    double time = CsvFormat.isNumber(text) ? Double.parseDouble(text) : seconds(text);
    if (Double.isNaN(time)) {
      refuse(
          row,
          Quote.quoted(text)
              + " is no time, expected a number, or a date like 2026-01-31 or 2026-01-31T08:30");
    }
    return time;
  }

  private void refuse(CsvRow row, String why) {
    bad.add(
        row.line(),
        () ->
            Quote.format(
                "%s:%d: %s (%s); correct the cell or remove the row",
                row.place(file), place + 1, why, column.setting()));
  }

  /** Seconds since 1970 of a date, a time without a zone, or one with an offset; NaN if none. */
  static double seconds(String text) {
    String iso = text.replaceFirst("^([0-9-]{10}) +", "$1T");
    try {
      if (iso.length() == "2026-01-31".length()) {
        return LocalDate.parse(iso).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
      }
      if (iso.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})$") && iso.indexOf('T') > 0) {
        return seconds(OffsetDateTime.parse(iso).toInstant());
      }
      return seconds(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException none) {
      return Double.NaN;
    }
  }

  private static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / NANOS;
  }

  /** What it says of all rows. */
  RowDivision toDivision() {
    double[] all = Arrays.copyOf(values, size);
    return column.kind() == SplitColumn.Kind.TIME
        ? new RowDivision.Times(all)
        : new RowDivision.Groups(
            Arrays.stream(all).mapToInt(value -> (int) value).toArray(), groups.size());
  }
}
