package io.tandem.graph.training;

/**
 * How well a network does on some rows.
 *
 * @param accuracy share of the rows whose class is the most probable one; NaN if not measured
 * @param loss mean cross-entropy in nats, without label smoothing; NaN if not measured
 */
public record Score(double accuracy, double loss) {
  /** Not measured. */
  public static Score none() {
    return new Score(Double.NaN, Double.NaN);
  }
}
