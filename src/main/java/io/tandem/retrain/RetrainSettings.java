package io.tandem.retrain;

/**
 * Training of the winner from scratch.
 *
 * @param examples length in training examples, repeats counted, positive
 * @param batch rows of a batch, positive
 * @param withValidation whether the validation part is trained on as well
 * @param checkpointEvery training steps between two checkpoints, positive
 */
public record RetrainSettings(
    long examples, int batch, boolean withValidation, int checkpointEvery) {
  /** Checks the ranges. */
  public RetrainSettings {
    if (examples < 1 || batch < 1 || checkpointEvery < 1) {
      throw new IllegalArgumentException("examples, batch and checkpointEvery must be positive");
    }
  }

  /** Training steps of the whole training; the last may go beyond {@code examples}. */
  public long steps() {
    return Math.floorDiv(examples - 1, batch) + 1;
  }
}
