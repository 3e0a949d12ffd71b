package io.tandem.search;

import io.tandem.space.Course;

/** How the samples of a controller step are tried out; writes nothing to the shared weights. */
interface Lessons {
  /**
   * Tries out the samples of a step.
   *
   * @param step number of the outer step, from 1
   * @param course how much of the budget is spent
   * @throws OutOfTimeException if the time of the search is over
   */
  Lesson take(long step, Course course);
}
