package io.tandem.serve;

import io.tandem.data.DataException;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Result;
import org.tensorflow.types.TFloat64;

/**
 * The numbers that a model predicts for one row.
 *
 * @param values one per target, in the model's order
 */
public record NumberPrediction(double[] values) implements Prediction {
  @Override
  public void requireFinite(String place) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new DataException(
            place
                + ": the model has no answer to this row, its prediction is not finite; its values lie"
                + " far outside those of the training");
      }
    }
  }

  /** What a model predicts for a batch, one per row. */
  static List<NumberPrediction> of(Result result, List<String> targets) {
    List<TFloat64> columns =
        targets.stream().map(name -> (TFloat64) result.get(name).orElseThrow()).toList();
    int rows = Math.toIntExact(columns.get(0).shape().get(0));
    List<NumberPrediction> predictions = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      double[] values = new double[columns.size()];
      for (int target = 0; target < values.length; target++) {
        values[target] = columns.get(target).getDouble(row);
      }
      predictions.add(new NumberPrediction(values));
    }
    return predictions;
  }
}
