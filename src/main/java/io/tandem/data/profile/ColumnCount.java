package io.tandem.data.profile;

import io.tandem.column.DateForm;
import io.tandem.column.DateOrder;
import io.tandem.column.DateScan;
import io.tandem.column.TruthWords;
import io.tandem.data.row.TableRow;
import io.tandem.data.table.MissingMarks;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Counts the values of a column, row by row. */
final class ColumnCount {
  /** Values that are named. */
  private static final int SHOWN = 5;

  /** Numbers that people write where they have none. */
  private static final Pattern NINES = Pattern.compile("-9{2,}([.,]0+)?");

  private final String name;
  private final int index;
  private final MissingMarks marks;
  private final Map<String, Integer> counts = new HashMap<>();
  private long rows;
  private long missing;
  private long numbers;
  private boolean whole = true;
  private double low = Double.NaN;
  private double high = Double.NaN;
  private double sum;
  private long negative;
  private long nines;
  private String firstNines = "";
  private final DateScan dates = new DateScan();
  private int truthPairs = TruthWords.all();

  ColumnCount(String name, int index, MissingMarks marks) {
    this.name = name;
    this.index = index;
    this.marks = marks;
  }

  MissingMarks marks() {
    return marks;
  }

  void add(TableRow row) {
    rows++;
    String text = row.text(index);
    if (marks.contains(text)) {
      missing++;
      return;
    }
    if (counts.size() < ColumnProfile.MOST_DISTINCT || counts.containsKey(text)) {
      counts.merge(text, 1, Integer::sum);
    }
    double number = row.number(index);
    if (Double.isFinite((float) number)) {
      numbers++;
      whole &= number == Math.rint(number);
      low = Double.isNaN(low) ? number : Math.min(low, number);
      high = Double.isNaN(high) ? number : Math.max(high, number);
      sum += number;
      if (number < 0) {
        addNegative(text);
      }
    }
    dates.add(text);
    truthPairs &= TruthWords.pairs(text);
  }

  private void addNegative(String text) {
    negative++;
    if (firstNines.isEmpty() && NINES.matcher(text).matches()) {
      firstNines = text;
    }
    if (text.equals(firstNines)) {
      nines++;
    }
  }

  private Optional<ColumnProfile.Frequency> gap() {
    return nines > 1 && nines == negative && nines < numbers
        ? Optional.of(new ColumnProfile.Frequency(firstNines, nines))
        : Optional.empty();
  }

  ColumnProfile profile() {
    List<ColumnProfile.Frequency> frequent =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(SHOWN)
            .map(entry -> new ColumnProfile.Frequency(entry.getKey(), entry.getValue()))
            .toList();
    return new ColumnProfile(
        name,
        index,
        ColumnProfile.kind(rows - missing, numbers, counts.size(), dates.most(), truthPairs != 0),
        rows,
        missing,
        counts.size(),
        numbers,
        whole && numbers > 0,
        low,
        high,
        numbers == 0 ? Double.NaN : sum / numbers,
        frequent,
        dates.dates() == 0 ? Optional.empty() : Optional.of(dates()),
        gap());
  }

  private ColumnProfile.Dates dates() {
    DateForm form = dates.form(DateOrder.AS_FOUND);
    return new ColumnProfile.Dates(
        dates.most(), dates.first(form), dates.last(form), dates.unclear());
  }
}
