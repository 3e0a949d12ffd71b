package io.tandem.data;

/**
 * How texts are used.
 *
 * @param vocabulary most words to tell apart, {@code <unk>} and {@code <eos>} among them, 2 or
 *     more; 0 is all
 * @param minimumCount words that occur less often in the training part are unknown, positive
 * @param validation share of the training text that is the validation part where there is no file
 *     for it, in (0, 1)
 * @param lines which lines of the training text are used
 */
public record TextSettings(int vocabulary, int minimumCount, double validation, Block lines) {
  /** Of the whole training text. */
  public TextSettings(int vocabulary, int minimumCount, double validation) {
    this(vocabulary, minimumCount, validation, Block.ALL);
  }

  /** Checks the ranges. */
  public TextSettings {
    if (vocabulary < 0 || vocabulary == 1 || minimumCount < 1) {
      throw new IllegalArgumentException(
          "no vocabulary of " + vocabulary + " words that occur " + minimumCount + " times");
    }
    if (!(validation > 0 && validation < 1)) {
      throw new IllegalArgumentException("a share lies outside 0..1");
    }
  }
}
