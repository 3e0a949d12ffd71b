package io.tandem.wiring;

import io.tandem.config.Experiment;
import io.tandem.data.DataLoader;
import io.tandem.data.DataSplit;

/** The data of an experiment, standardised as its networks want it. */
public final class ExperimentData {
  private ExperimentData() {}

  /**
   * Loads them: standardised by the column for fully connected networks, by the channel for those
   * that see images.
   *
   * @param experiment checked configuration
   * @throws io.tandem.data.DataException if the data cannot be used
   */
  public static DataSplit load(Experiment experiment) {
    DataSplit rows = DataLoader.load(experiment.data(), experiment.seed());
    return experiment
        .space()
        .architecture()
        .match(
            perceptrons -> rows,
            macros -> rows.perChannel(),
            micros -> rows.perChannel(),
            recurrents -> {
              throw new IllegalStateException("text for recurrent cells is not loaded here");
            });
  }
}
