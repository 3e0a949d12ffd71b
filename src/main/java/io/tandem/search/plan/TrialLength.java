package io.tandem.search.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * How long a candidate is trained from scratch, and on how much it is judged.
 *
 * @param loops runs of the inner loop in every fold, positive
 * @param loop training examples of each, positive
 * @param parts validation examples of a reading in every fold, positive; one where there are no
 *     folds
 * @param readings at even distances, the last one at the end; positive, at most {@code loops}
 */
public record TrialLength(long loops, long loop, List<Long> parts, long readings) {
  /** Readings cost a fifth of the training at most. */
  private static final long BETWEEN = 5;

  /** Copies the list. */
  public TrialLength {
    parts = List.copyOf(parts);
  }

  /** Trainings that it consists of, one in each fold. */
  public int folds() {
    return parts.size();
  }

  /** Validation examples of a reading in every fold, together. */
  public long judged() {
    return parts.stream().mapToLong(Long::longValue).sum();
  }

  /** All examples that it costs, in all folds. */
  public long cost() {
    return folds() * loops * loop + readings * judged();
  }

  /**
   * The same number of training examples in other steps; it costs no more if these are smaller.
   *
   * @param other training examples of a run of the inner loop, positive
   */
  public TrialLength inLoopsOf(long other) {
    long fewer = Math.max(1, loops * loop / other);
    return new TrialLength(fewer, other, parts, Math.min(readings, fewer));
  }

  /** Whether the training is judged after a run of the inner loop, the first having number 0. */
  public boolean isRead(long number) {
    return (number + 1) * readings / loops > number * readings / loops;
  }

  /**
   * The length that comes nearest without going over, but one run of the inner loop at least.
   *
   * @param examples training examples, in every fold
   * @param judged validation examples of a reading in a fold, at most; all there are, at most
   * @param batch rows of a step
   * @param rows what is fed of the data
   * @param unrollSteps steps of a run of the inner loop
   */
  static TrialLength of(long examples, long judged, int batch, SearchRows rows, int unrollSteps) {
    long loop = (long) batch * rows.each() * unrollSteps;
    long loops = Math.max(1, examples / loop);
    List<Long> parts = new ArrayList<>();
    for (int fold = 0; fold < rows.folds(); fold++) {
      parts.add(Math.max(1, Math.min(rows.fold(fold).validation(), judged)));
    }
    long between = Math.max(rows.training(), BETWEEN * parts.get(0));
    long readings = rows.keepsBest() ? Math.max(1, Math.min(loops, examples / between)) : 1;
    return new TrialLength(loops, loop, parts, readings);
  }
}
