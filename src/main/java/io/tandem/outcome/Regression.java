package io.tandem.outcome;

import java.util.List;

/**
 * Which columns of a table are numbers to be predicted, and how.
 *
 * @param columns each a name from the header or a 0-based index, negative counted from the end; at
 *     least one
 * @param loss how errors count
 * @param logarithm whether the logarithms of the numbers are predicted, which are positive then
 */
public record Regression(List<String> columns, RegressionLoss loss, boolean logarithm) {
  /** Checks that there is a column. */
  public Regression {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("no column to predict");
    }
  }
}
