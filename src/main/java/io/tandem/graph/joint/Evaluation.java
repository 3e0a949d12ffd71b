package io.tandem.graph.joint;

/**
 * How a candidate does on a set of rows.
 *
 * @param loss mean cross-entropy
 * @param accuracy share of rows classified correctly, 0..1
 */
public record Evaluation(double loss, double accuracy) {
  /** What has not been measured. */
  public static Evaluation none() {
    return new Evaluation(Double.NaN, Double.NaN);
  }

  /** Whether the loss is a number: a diverged candidate's is not. */
  public boolean isFinite() {
    return Double.isFinite(loss);
  }

  /** Whether this is better: more accurate, or as accurate with a lower loss. */
  public boolean isBetterThan(Evaluation other) {
    if (isFinite() != other.isFinite()) {
      return isFinite();
    }
    return accuracy > other.accuracy || (accuracy == other.accuracy && loss < other.loss);
  }
}
