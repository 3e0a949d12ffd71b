package io.tandem.search.plan;

import java.util.function.LongFunction;

/**
 * The rows that a search feeds to its graph. They depend on seed, purpose and number alone.
 *
 * <p>An example is what budgets count: a row of a table, an image, a word of a text.
 */
public interface SearchRows {
  /** Examples of the training part, positive. */
  long training();

  /** Examples of the validation part, positive. */
  long validation();

  /**
   * Whether a training is judged at its best moment, as the retraining keeps its best epoch, and
   * not only at its end.
   */
  boolean keepsBest();

  /** Examples that a fed row stands for, positive. */
  int each();

  /**
   * Whether a batch goes on where the one before ended, with what the network remembers. Samples of
   * the controller then look ahead at the batches that the shared weights get next.
   */
  boolean goOn();

  /**
   * Batches of the training part, by their number.
   *
   * @param batch rows of each, positive
   * @param seed seed of the run
   * @param purpose what they are for; batches of different purposes are unrelated if they do not go
   *     on
   */
  LongFunction<int[]> training(int batch, long seed, String purpose);

  /** Batches of the validation part, by their number; like {@link #training}. */
  LongFunction<int[]> validation(int batch, long seed, String purpose);

  /**
   * Folds on which candidates are trained from scratch, positive; these are the rows of the first.
   */
  default int folds() {
    return 1;
  }

  /**
   * The rows of a fold.
   *
   * @param index from 0
   */
  default SearchRows fold(int index) {
    return this;
  }

  /** The same rows of the training part for a network that remembers nothing. */
  int[] anew(int[] rows);
}
