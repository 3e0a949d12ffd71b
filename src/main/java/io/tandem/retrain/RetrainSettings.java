package io.tandem.retrain;

import io.tandem.space.OptimizerSettings;

/**
 * Training of the winner from scratch.
 *
 * @param examples length in training examples, of language models in words, repeats counted; 0
 *     follows the size of the data
 * @param batch rows of a batch, of language models windows, positive
 * @param withValidation whether the validation part is trained on as well
 * @param keepBest whether the weights after the epoch with the lowest validation loss are kept; not
 *     where the validation part is trained on
 * @param checkpointEvery training steps between two checkpoints, positive
 */
public record RetrainSettings(
    long examples, int batch, boolean withValidation, boolean keepBest, int checkpointEvery) {
  /** Checks the ranges. */
  public RetrainSettings {
    if (examples < 0 || batch < 1 || checkpointEvery < 1) {
      throw new IllegalArgumentException("batch and checkpointEvery must be positive");
    }
    if (keepBest && withValidation) {
      throw new IllegalArgumentException("what is trained on cannot tell which epoch is best");
    }
  }

  /** The same with the batch that an optimizer has chosen, if it has. */
  public RetrainSettings of(OptimizerSettings optimizer) {
    return withBatch(optimizer.batch().orElse(batch));
  }

  /** The same with another batch. */
  public RetrainSettings withBatch(int rows) {
    return new RetrainSettings(examples, rows, withValidation, keepBest, checkpointEvery);
  }

  /** The same with another length. */
  public RetrainSettings withExamples(long length) {
    return new RetrainSettings(length, batch, withValidation, keepBest, checkpointEvery);
  }

  /**
   * Training steps of the whole training, a batch of examples each; the last may go beyond {@code
   * examples}. Of a language model see {@link LanguageRetrainer#steps}.
   *
   * @throws IllegalStateException if the length follows data that are not known yet
   */
  public long steps() {
    if (examples == 0) {
      throw new IllegalStateException("the length follows the data");
    }
    return Math.floorDiv(examples - 1, batch) + 1;
  }
}
