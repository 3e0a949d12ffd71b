package io.tandem.report;

/**
 * What a run writes down.
 *
 * @param tensorboard whether TensorBoard event files are written
 * @param checkpointEvery outer steps between two checkpoints, positive
 * @param keepCheckpoints checkpoints kept, at least 2
 */
public record ReportSettings(boolean tensorboard, int checkpointEvery, int keepCheckpoints) {
  /** Checks the ranges. */
  public ReportSettings {
    if (checkpointEvery < 1 || keepCheckpoints < 2) {
      throw new IllegalArgumentException(
          "checkpointEvery must be positive and keepCheckpoints at least 2");
    }
  }
}
