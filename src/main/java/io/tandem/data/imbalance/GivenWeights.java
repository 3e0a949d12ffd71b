package io.tandem.data.imbalance;

import io.tandem.data.DataException;
import io.tandem.data.DataSplit;
import io.tandem.data.NearestName;
import io.tandem.data.Quote;
import io.tandem.outcome.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gives rows of classes the weights in training that a configuration names. */
public final class GivenWeights {
  private GivenWeights() {}

  /**
   * The parts with weights of classes.
   *
   * @param split the parts
   * @param weights of classes, by their names, positive; others have 1
   * @throws DataException if a name is none of the classes, or numbers are predicted
   */
  public static DataSplit in(DataSplit split, Map<String, Double> weights) {
    if (weights.isEmpty()) {
      return split;
    }
    if (!(split.train().outcome() instanceof Outcome.Classes classes)) {
      throw new DataException(
          "data.class_weights: not allowed where numbers are predicted, which have no classes; leave"
              + " it out");
    }
    for (String name : weights.keySet()) {
      if (!classes.names().contains(name)) {
        throw new DataException(
            Quote.format(
                "data.class_weights: %s is none of the %d classes; did you mean %s?",
                Quote.quoted(name),
                classes.names().size(),
                Quote.quoted(NearestName.of(name, classes.names()))));
      }
    }
    List<Double> all = new ArrayList<>();
    classes.names().forEach(name -> all.add(weights.getOrDefault(name, 1.0)));
    return split.predicting(classes.weighted(all));
  }
}
