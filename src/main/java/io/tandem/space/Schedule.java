package io.tandem.space;

/** How the learning rate moves over a training, as a factor of its chosen value. */
public enum Schedule {
  /** Factor 1 throughout. */
  CONSTANT,
  /** Half a cosine from 1 to 0. */
  COSINE,
  /** 1, then 0.1 from half, then 0.01 from three quarters of the training. */
  STEP,
  /** Linear from 0 to 1 in the first part, the warm-up, then linear down to 0. */
  WARMUP_LINEAR,
  /** Half a cosine from 1 to a floor, again and again, see {@link Restarts}. */
  COSINE_RESTARTS;

  /** Share of the training that is warm-up unless an optimizer has its own. */
  public static final double WARMUP = 0.1;

  /**
   * The factor at a point of the training, with the usual warm-up.
   *
   * @param course the point
   * @return the factor, in [0, 1]
   */
  public double factor(Course course) {
    return factor(course, WARMUP);
  }

  /**
   * The factor at a point of the training.
   *
   * @param course the point
   * @param warmup share of the training that is warm-up where the schedule has one, in (0, 1)
   * @return the factor, in [0, 1]
   */
  public double factor(Course course, double warmup) {
    double p = course.progress();
    return switch (this) {
      case CONSTANT -> 1;
      case COSINE -> 0.5 * (1 + Math.cos(Math.PI * p));
      case STEP -> p < 0.5 ? 1 : p < 0.75 ? 0.1 : 0.01;
      case WARMUP_LINEAR -> p < warmup ? p / warmup : (1 - p) / (1 - warmup);
      case COSINE_RESTARTS -> course.restarts().factor(course);
    };
  }

  /**
   * The derivative of the factor by the warm-up; at its end, where there is none, that of what
   * follows.
   *
   * @param course a point of the training
   * @param warmup share of the training that is warm-up, in (0, 1)
   */
  double slope(Course course, double warmup) {
    double p = course.progress();
    return switch (this) {
      case CONSTANT, COSINE, STEP, COSINE_RESTARTS -> 0;
      case WARMUP_LINEAR ->
          p < warmup ? -p / (warmup * warmup) : (1 - p) / ((1 - warmup) * (1 - warmup));
    };
  }
}
