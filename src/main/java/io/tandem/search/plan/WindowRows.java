package io.tandem.search.plan;

import io.tandem.data.Batches;
import io.tandem.data.text.Windows;
import java.util.Arrays;
import java.util.function.LongFunction;

/**
 * Windows of texts, one row each: where it begins. Training goes through the text window by window,
 * in as many streams as a batch has rows; {@code -1 - start} says that nothing is remembered.
 * Validation takes windows from anywhere, in a new random order in every epoch.
 *
 * @param training tokens of the training part
 * @param validation tokens of the validation part, more than a window has
 * @param length words of a window, positive
 * @param keepsBest whether a training is judged at its best moment
 */
public record WindowRows(long training, long validation, int length, boolean keepsBest)
    implements SearchRows {
  @Override
  public int each() {
    return length;
  }

  @Override
  public boolean goOn() {
    return true;
  }

  @Override
  public LongFunction<int[]> training(int batch, long seed, String purpose) {
    Windows windows = new Windows(Math.toIntExact(training), batch, length);
    return number -> windows.first(number) ? anew(windows.starts(number)) : windows.starts(number);
  }

  @Override
  public LongFunction<int[]> validation(int batch, long seed, String purpose) {
    return new Batches(Math.toIntExact(validation - length), batch, seed, purpose)::indices;
  }

  @Override
  public int[] anew(int[] rows) {
    return Arrays.stream(rows).map(start -> start < 0 ? start : -1 - start).toArray();
  }
}
