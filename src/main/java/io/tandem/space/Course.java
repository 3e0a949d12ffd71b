package io.tandem.space;

/**
 * A point of a training, as schedules of the learning rate see it.
 *
 * @param progress share of the training that is done, clamped to [0, 1]
 * @param epochs length of the whole training in passes over the training rows, not negative
 * @param restarts how a schedule with warm restarts is divided
 */
public record Course(double progress, double epochs, Restarts restarts) {
  /** Clamps the progress. */
  public Course {
    progress = Math.min(1, Math.max(0, progress));
  }

  /** A point of a training without restarts. */
  public static Course of(double progress) {
    return new Course(progress, 0, Restarts.none());
  }
}
