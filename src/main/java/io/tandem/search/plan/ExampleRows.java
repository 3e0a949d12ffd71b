package io.tandem.search.plan;

import io.tandem.data.Batches;
import java.util.function.LongFunction;

/**
 * Rows of tables or images, in a new random order in every epoch.
 *
 * @param training rows of the training part, positive
 * @param validation rows of the validation part, positive
 * @param keepsBest whether a training is judged at its best moment
 */
public record ExampleRows(long training, long validation, boolean keepsBest) implements SearchRows {
  @Override
  public int each() {
    return 1;
  }

  @Override
  public boolean goOn() {
    return false;
  }

  @Override
  public LongFunction<int[]> training(int batch, long seed, String purpose) {
    return new Batches(Math.toIntExact(training), batch, seed, purpose)::indices;
  }

  @Override
  public LongFunction<int[]> validation(int batch, long seed, String purpose) {
    return new Batches(Math.toIntExact(validation), batch, seed, purpose)::indices;
  }

  @Override
  public int[] anew(int[] rows) {
    return rows;
  }
}
