package io.tandem.serve;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.metric.Metrics;
import java.util.ArrayList;
import java.util.List;

/** How well predictions agree with numbers: counts row by row. */
public final class NumberScore {
  private final List<String> targets;
  private final List<List<Double>> truth = new ArrayList<>();
  private final List<List<Double>> predicted = new ArrayList<>();
  private long unlabelled;

  /**
   * Nothing counted yet.
   *
   * @param targets names of the numbers, in the model's order
   */
  public NumberScore(List<String> targets) {
    this.targets = List.copyOf(targets);
    for (int target = 0; target < targets.size(); target++) {
      truth.add(new ArrayList<>());
      predicted.add(new ArrayList<>());
    }
  }

  /**
   * Counts a row.
   *
   * @param place what to call it in an error
   * @param prediction what the model says
   * @param cells what is true; a row of which one is empty is counted separately
   * @throws DataException if a cell is no number
   */
  public void add(String place, NumberPrediction prediction, List<String> cells) {
    if (cells.contains("")) {
      unlabelled++;
      return;
    }
    for (int target = 0; target < cells.size(); target++) {
      String cell = cells.get(target);
      if (!CsvFormat.isNumber(cell)) {
        throw new DataException(
            Quote.format(
                "%s: column %s: %s is not a number, expected one like -1.5; correct the cell",
                place, Quote.quoted(targets.get(target)), Quote.quoted(cell)));
      }
      truth.get(target).add(Double.valueOf(cell));
      predicted.get(target).add(prediction.values()[target]);
    }
  }

  /** Rows that could not be compared because a number is missing. */
  public long unlabelled() {
    return unlabelled;
  }

  /** Rows counted. */
  public long rows() {
    return truth.get(0).size();
  }

  /** Names of the numbers. */
  public List<String> targets() {
    return targets;
  }

  /**
   * All figures of one of the numbers, with intervals.
   *
   * @param target which
   */
  public Metrics metrics(int target) {
    return Metrics.ofNumbers(array(truth.get(target)), array(predicted.get(target)));
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
