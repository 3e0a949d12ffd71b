package io.tandem.search.plan;

import java.util.List;
import java.util.function.LongFunction;

/**
 * Rows of a table in folds; weights are shared on the first.
 *
 * @param parts the rows of every fold, at least 2
 */
public record FoldedRows(List<ExampleRows> parts) implements SearchRows {
  /** Copies the list. */
  public FoldedRows {
    parts = List.copyOf(parts);
  }

  private ExampleRows first() {
    return parts.get(0);
  }

  @Override
  public int folds() {
    return parts.size();
  }

  @Override
  public SearchRows fold(int index) {
    return parts.get(index);
  }

  @Override
  public long training() {
    return first().training();
  }

  @Override
  public long validation() {
    return first().validation();
  }

  @Override
  public boolean keepsBest() {
    return first().keepsBest();
  }

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
    return first().training(batch, seed, purpose);
  }

  @Override
  public LongFunction<int[]> validation(int batch, long seed, String purpose) {
    return first().validation(batch, seed, purpose);
  }

  @Override
  public int[] anew(int[] rows) {
    return rows;
  }
}
