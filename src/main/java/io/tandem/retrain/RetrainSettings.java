package io.tandem.retrain;

/**
 * Training of the winner from scratch.
 *
 * @param examples length in training examples, of language models in words, repeats counted,
 *     positive
 * @param batch rows of a batch, of language models windows, positive
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

  /**
   * Training steps of the whole training, a batch of examples each; the last may go beyond {@code
   * examples}. Of a language model see {@link LanguageRetrainer#steps}.
   */
  public long steps() {
    return Math.floorDiv(examples - 1, batch) + 1;
  }
}
