package io.tandem.space;

/** How the learning rate moves over a training, as a factor of its chosen value. */
public enum Schedule {
  /** Factor 1 throughout. */
  CONSTANT,
  /** Half a cosine from 1 to 0. */
  COSINE,
  /** 1, then 0.1 from half, then 0.01 from three quarters of the training. */
  STEP,
  /** Linear from 0 to 1 in the first tenth, then linear down to 0. */
  WARMUP_LINEAR,
  /** Half a cosine from 1 to a floor, again and again, see {@link Restarts}. */
  COSINE_RESTARTS;

  /**
   * The factor at a point of the training.
   *
   * @param course the point
   * @return the factor, in [0, 1]
   */
  public double factor(Course course) {
    double p = course.progress();
    return switch (this) {
      case CONSTANT -> 1;
      case COSINE -> 0.5 * (1 + Math.cos(Math.PI * p));
      case STEP -> p < 0.5 ? 1 : p < 0.75 ? 0.1 : 0.01;
      case WARMUP_LINEAR -> p < 0.1 ? p / 0.1 : (1 - p) / 0.9;
      case COSINE_RESTARTS -> course.restarts().factor(course);
    };
  }
}
