package io.tandem.data.table;

import io.tandem.column.DateForm;
import io.tandem.column.DateOrder;
import io.tandem.column.DateText;
import io.tandem.column.Moment;
import io.tandem.data.CsvFormat;
import io.tandem.data.CsvFormat.SplitColumn;
import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.row.TableRow;
import io.tandem.disk.NextCommand;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The column by which a table is divided, as it is read. */
final class DivisionColumn {
  private static final int FIRST = 1 << 8;
  private static final double MILLIS = 1e3;

  private final String file;
  private final int place;
  private final SplitColumn column;
  private final CsvFormat format;
  private final MissingMarks marks;
  private final BadCells bad;
  private final Map<String, Integer> groups = new HashMap<>();
  private double[] values = new double[FIRST];
  private double[] monthFirst = new double[FIRST];
  private int size;
  private Optional<String> unordered = Optional.empty();
  private long dayLine;
  private long monthLine;

  /**
   * Nothing read yet.
   *
   * @param file name of the table
   * @param place index of the column in a row
   * @param column says what the column means
   * @param format says how numbers and dates are written
   * @param marks cells that are missing values
   * @param bad gets cells that say nothing
   */
  DivisionColumn(
      String file,
      int place,
      SplitColumn column,
      CsvFormat format,
      MissingMarks marks,
      BadCells bad) {
    this.file = file;
    this.place = place;
    this.column = column;
    this.format = format;
    this.marks = marks;
    this.bad = bad;
  }

  /** Adds that of a row. */
  void add(TableRow row) {
    String text = row.text(place);
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
      monthFirst = Arrays.copyOf(monthFirst, 2 * size);
    }
    double value = value(row, text);
    values[size] = value;
    monthFirst[size] = value;
    if (Double.isNaN(value)) {
      addDate(row, text);
    }
    size++;
  }

  /** A number; NaN for what may be a date. */
  private double value(TableRow row, String text) {
    if (marks.contains(text)) {
      refuse(
          row,
          (text.isEmpty() ? "the cell is empty" : Quote.quoted(text) + " is a missing value")
              + ", expected a value, as the table is divided by it");
      return 0;
    }
    if (column.kind() == SplitColumn.Kind.GROUP) {
      return groups.computeIfAbsent(text, key -> groups.size());
    }
    return format
        .dialect()
        .numbers()
        .plain(text)
        .filter(CsvFormat::isNumber)
        .map(Double::parseDouble)
        .orElse(Double.NaN);
  }

  private void addDate(TableRow row, String text) {
    Optional<DateText> date = DateText.of(text);
    Optional<Moment> month = date.flatMap(read -> read.as(DateForm.MONTH_SLASH));
    Optional<Moment> day = Optional.empty();
    for (DateForm form : DateForm.values()) {
      if (form != DateForm.MONTH_SLASH && day.isEmpty()) {
        day = date.flatMap(read -> read.as(form));
      }
    }
    if (day.isEmpty() && month.isEmpty()) {
      refuse(
          row,
          Quote.quoted(text)
              + " is no time, expected a number, or a date like 2026-01-31 or 2026-01-31T08:30");
      return;
    }
    boolean slashes = date.flatMap(read -> read.as(DateForm.DAY_SLASH)).isPresent();
    if (month.isPresent() && slashes) {
      boolean unclear = unordered.isEmpty() && date.orElseThrow().isUnclear();
      unordered = unclear ? Optional.of(text) : unordered;
    } else if (month.isPresent()) {
      monthLine = monthLine == 0 ? row.line() : monthLine;
    } else if (slashes) {
      dayLine = dayLine == 0 ? row.line() : dayLine;
    }
    values[size] = (day.isPresent() ? day : month).orElseThrow().instant() / MILLIS;
    monthFirst[size] = (month.isPresent() ? month : day).orElseThrow().instant() / MILLIS;
  }

  private void refuse(TableRow row, String why) {
    bad.add(
        row.line(),
        () ->
            Quote.format(
                "%s:%d: %s (%s); correct the cell or remove the row",
                row.place(file), place + 1, why, column.setting()));
  }

  /**
   * What it says of all rows.
   *
   * @throws DataException if day and month of dates cannot be told apart
   */
  RowDivision toDivision() {
    if (column.kind() == SplitColumn.Kind.TIME) {
      return new RowDivision.Times(Arrays.copyOf(isMonthFirst() ? monthFirst : values, size));
    }
    return new RowDivision.Groups(
        Arrays.stream(values, 0, size).mapToInt(value -> (int) value).toArray(), groups.size());
  }

  private boolean isMonthFirst() {
    if (dayLine > 0 && monthLine > 0) {
      throw new DataException(
          Quote.format(
              "%s:%d:%d: the date has the %s first, expected the %s as in line %d (%s); write all in"
                  + " one order",
              file,
              Math.max(dayLine, monthLine),
              place + 1,
              dayLine > monthLine ? "day" : "month",
              dayLine > monthLine ? "month" : "day",
              Math.min(dayLine, monthLine),
              column.setting()));
    }
    if (unordered.isPresent()
        && dayLine == 0
        && monthLine == 0
        && format.declared().order() == DateOrder.AS_FOUND) {
      throw new DataException(
          Quote.format(
              "%s: day and month of dates such as %s cannot be told apart (%s), expected a day after"
                  + " the 12th in one of them; use %s or MDY",
              file,
              Quote.quoted(unordered.get()),
              column.setting(),
              NextCommand.set("data.format.date_order", "DMY")));
    }
    return monthLine > 0 || dayLine == 0 && format.declared().order() == DateOrder.MDY;
  }
}
