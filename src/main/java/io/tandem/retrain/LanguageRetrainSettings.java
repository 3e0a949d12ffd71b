package io.tandem.retrain;

/**
 * What the retraining of a language model has beside that of every network.
 *
 * @param training length, batch and checkpoints; examples are words: the training ends with the
 *     step that completes them. A step reads {@code batch} windows, whose length is that of the
 *     network unless it is drawn
 * @param randomWindows whether the length of every step's windows is drawn (see {@link
 *     io.tandem.data.text.WindowLengths}, with the network's length as mean and as most), and the
 *     learning rate of the step multiplied by its share of the network's length (Merity, Keskar and
 *     Socher 2018, section 5)
 * @param averageAfter whether and when the weights of further steps begin to be averaged (section 4
 *     there): behind the first epoch whose validation loss is not below the best of all epochs
 *     before it but the last {@code averageAfter}; 0 for never. Where the validation part is
 *     trained on there is no such loss, and averaging begins when half of the words have been read
 */
public record LanguageRetrainSettings(
    RetrainSettings training, boolean randomWindows, int averageAfter) {
  /** Checks the range. */
  public LanguageRetrainSettings {
    if (averageAfter < 0) {
      throw new IllegalArgumentException("averageAfter cannot be negative");
    }
  }
}
