package io.tandem.graph.joint.child;

/**
 * How a candidate does on a set of rows.
 *
 * @param loss mean loss
 * @param accuracy share of rows classified correctly, 0..1; of numbers R²
 * @param calibrated what candidates are ranked by, less being better: mean cross-entropy at the
 *     temperature that suits it best (Guo et al. 2017), or the metric that was chosen, 1 minus it
 *     where more is better; of language models and numbers the loss itself
 */
public record Evaluation(double loss, double accuracy, double calibrated) {
  /** Whose loss is taken as it is. */
  public Evaluation(double loss, double accuracy) {
    this(loss, accuracy, loss);
  }

  /** What has not been measured. */
  public static Evaluation none() {
    return new Evaluation(Double.NaN, Double.NaN);
  }

  /** Whether the candidate was evaluated; one that diverged counts as evaluated. */
  public boolean isMeasured() {
    return !Double.isNaN(accuracy);
  }

  /** Whether the loss is a number: a diverged candidate's is not. */
  public boolean isFinite() {
    return Double.isFinite(loss);
  }

  /** Whether this ranks before another: by the calibrated loss, what diverged last. */
  public boolean isBetterThan(Evaluation other) {
    if (isFinite() != other.isFinite()) {
      return isFinite();
    }
    return calibrated < other.calibrated;
  }
}
