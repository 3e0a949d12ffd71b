package io.tandem.graph.tuning;

import io.tandem.data.Inputs;
import java.util.List;

/**
 * What a training draws on besides its hyperparameters.
 *
 * @param training standardised training rows
 * @param validation standardised validation rows
 * @param batches row numbers of every step; if there are fewer lists than steps they repeat
 * @param weightSeed decides the initial weights
 * @param noiseSeed decides the dropout noise
 */
public record TuningData(
    Inputs training, Inputs validation, List<int[]> batches, long weightSeed, long noiseSeed) {
  /** Copies the list. */
  public TuningData {
    batches = List.copyOf(batches);
  }

  /** Number of outputs of a network. */
  int outputs() {
    return training.targets().outcome().outputs();
  }
}
