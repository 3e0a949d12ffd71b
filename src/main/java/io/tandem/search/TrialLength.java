package io.tandem.search;

/**
 * How long a candidate is trained from scratch, and on how much it is judged.
 *
 * @param loops runs of the inner loop, positive
 * @param loop training examples of each, positive
 * @param judged validation examples, positive
 */
record TrialLength(long loops, long loop, long judged) {
  /** All examples that it costs. */
  long cost() {
    return loops * loop + judged;
  }

  /**
   * The same number of training examples in other steps; it costs no more if these are smaller.
   *
   * @param other training examples of a run of the inner loop, positive
   */
  TrialLength inLoopsOf(long other) {
    return new TrialLength(Math.max(1, loops * loop / other), other, judged);
  }

  /**
   * The length that comes nearest without going over, but one run of the inner loop at least.
   *
   * @param examples training examples
   * @param judged validation examples, at most; all there are, at most
   * @param batch rows of a step
   * @param rows what is fed of the data
   * @param unrollSteps steps of a run of the inner loop
   */
  static TrialLength of(long examples, long judged, int batch, SearchRows rows, int unrollSteps) {
    long loop = (long) batch * rows.each() * unrollSteps;
    return new TrialLength(
        Math.max(1, examples / loop), loop, Math.max(1, Math.min(rows.validation(), judged)));
  }
}
