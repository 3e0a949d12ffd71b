package io.tandem.space;

/**
 * Warm restarts of a cosine (Loshchilov and Hutter 2017, eq. 5): the learning rate falls by half a
 * cosine to a floor, then starts anew, each period a multiple of the one before.
 *
 * @param epochs length of the first period in passes over the training rows, not negative; 0 is a
 *     single period as long as the training
 * @param multiple factor from one period to the next, at least 1
 * @param floor factor of the learning rate at the end of a period, in [0, 1)
 */
public record Restarts(double epochs, double multiple, double floor) {
  /** Checks the ranges. */
  public Restarts {
    if (!(epochs >= 0 && multiple >= 1 && floor >= 0 && floor < 1)) {
      throw new IllegalArgumentException(
          "restarts after " + epochs + " epochs times " + multiple + " to " + floor);
    }
  }

  /** A single period, down to 0. */
  public static Restarts none() {
    return new Restarts(0, 1, 0);
  }

  /** The factor at a point of a training. */
  double factor(Course course) {
    double place = course.progress();
    if (epochs > 0) {
      double left = course.progress() * course.epochs();
      double period = epochs;
      while (left >= period) {
        left -= period;
        period *= multiple;
      }
      place = left / period;
    }
    return floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * place));
  }
}
