package io.tandem.run.task;

import io.tandem.config.Experiment;
import io.tandem.data.DataException;
import io.tandem.data.DataSplit;
import io.tandem.data.Quote;
import io.tandem.metric.Metric;
import java.util.List;

/** Data on which a threshold between two classes can be chosen. */
final class ThresholdData {
  private ThresholdData() {}

  /**
   * Checks that there are two classes, both of them in the validation part.
   *
   * @param experiment says whether a threshold is wanted
   * @param split the parts
   * @return the parts
   * @throws DataException if none can be chosen, before anything is trained
   */
  static DataSplit require(Experiment experiment, DataSplit split) {
    experiment.retrain().threshold().ifPresent(metric -> require(metric, split));
    return split;
  }

  private static void require(Metric metric, DataSplit split) {
    List<String> classes = split.train().classes();
    if (classes.size() != 2) {
      throw new DataException(
          Quote.format(
              "retrain.threshold: %s is not allowed with %d classes, expected 2, one of which is the"
                  + " answer above the threshold; use NONE",
              metric.name(), classes.size()));
    }
    int[] counts = split.validation().classCounts();
    for (int index = 0; index < counts.length; index++) {
      if (counts[index] == 0) {
        throw new DataException(
            Quote.format(
                "retrain.threshold: class %s has no row in the validation part, expected rows of both"
                    + " classes to choose a threshold on; enlarge the part, divide it in another way,"
                    + " or use NONE",
                Quote.quoted(classes.get(index))));
      }
    }
  }
}
