package io.tandem.retrain;

/**
 * Training of the winner from scratch.
 *
 * @param examples length in training examples, repeats counted, positive
 * @param batch rows of a batch, positive
 * @param withValidation whether the validation part is trained on as well
 */
public record RetrainSettings(long examples, int batch, boolean withValidation) {
  /** Checks the ranges. */
  public RetrainSettings {
    if (examples < 1 || batch < 1) {
      throw new IllegalArgumentException("examples and batch must be positive");
    }
  }
}
