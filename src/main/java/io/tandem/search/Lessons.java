package io.tandem.search;

/** How the samples of a controller step are tried out; writes nothing to the shared weights. */
interface Lessons {
  /** Training examples that one step costs. */
  long examples();

  /**
   * Tries out the samples of a step.
   *
   * @param step number of the outer step, from 1
   * @param progress share of the budget that is spent, 0..1
   */
  Lesson take(long step, double progress);
}
