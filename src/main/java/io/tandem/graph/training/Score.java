package io.tandem.graph.training;

/**
 * How well a network does on some rows.
 *
 * @param accuracy share of the rows whose class is the most probable one; NaN if not measured
 * @param loss mean cross-entropy in nats, without label smoothing; NaN if not measured
 * @param calibrated mean cross-entropy at the temperature that suits it best (Guo et al. 2017); the
 *     loss itself where none was looked for
 */
public record Score(double accuracy, double loss, double calibrated) {
  /** Whose loss is taken as it is. */
  public Score(double accuracy, double loss) {
    this(accuracy, loss, loss);
  }

  /** Not measured. */
  public static Score none() {
    return new Score(Double.NaN, Double.NaN);
  }
}
