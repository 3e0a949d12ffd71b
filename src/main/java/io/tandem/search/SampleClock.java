package io.tandem.search;

import io.tandem.data.Seeds;
import io.tandem.space.Candidate;
import io.tandem.space.Course;
import io.tandem.space.RateFactor;
import java.util.SplittableRandom;

/**
 * At which point of its own training a sample is looked at. A look-ahead is a moment of a training
 * that the candidate never had; with the clock of the search all schedules would be judged by their
 * beginnings first and by their ends last. The points of a step's samples are spread evenly, from a
 * random start.
 */
final class SampleClock {
  private final Course course;
  private final double start;
  private final int samples;

  /**
   * Draws the start.
   *
   * @param course length and restarts of a training
   * @param seed seed of the run
   * @param step outer step
   * @param samples of the step
   */
  SampleClock(Course course, long seed, long step, int samples) {
    this.course = course;
    this.samples = samples;
    start = new SplittableRandom(Seeds.of(seed, "search/clock", step)).nextDouble();
  }

  /** Factor of the sample's schedule on its learning rate. */
  RateFactor factor(Candidate candidate, int sample) {
    double progress = (start + (double) sample / samples) % 1;
    return candidate.optimizer().factor(new Course(progress, course.epochs(), course.restarts()));
  }
}
