package io.tandem.wiring;

import io.tandem.config.Experiment;
import io.tandem.data.DataLoader;
import io.tandem.data.DataSplit;
import io.tandem.report.UserError;

/** The data of an experiment, standardised as its networks want it. */
public final class ExperimentData {
  private ExperimentData() {}

  /**
   * Loads them: standardised by the column for fully connected networks, by the channel for those
   * that see images.
   *
   * @param experiment checked configuration
   * @throws io.tandem.data.DataException if the data cannot be used
   * @throws UserError if they are texts
   */
  public static DataSplit load(Experiment experiment) {
    return experiment
        .space()
        .architecture()
        .match(
            perceptrons -> rows(experiment),
            macros -> rows(experiment).perChannel(),
            micros -> rows(experiment).perChannel(),
            recurrents -> {
              throw new UserError(
                  UserError.Kind.USAGE,
                  "space.recurrent: networks of recurrent cells cannot be trained yet; tandem check"
                      + " reads their texts");
            });
  }

  private static DataSplit rows(Experiment experiment) {
    return DataLoader.load(experiment.data(), experiment.seed());
  }
}
