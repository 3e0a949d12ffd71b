package io.tandem.search.plan;

/**
 * How the winner of strategy {@code enas} is picked after the search; and the trainings of {@code
 * random} and {@code nas}.
 *
 * @param samples candidates drawn from the controller, positive
 * @param keep the best of them that are trained from scratch, 1..{@code samples}
 * @param examples length of that training of each one, in training examples; 0 follows the budget
 * @param scoreExamples validation examples that all drawn candidates are scored on with the shared
 *     weights, at most; 0 follows the budget
 * @param batch rows per step of that training, positive: that of the retraining, because an
 *     optimizer that is stable with large batches need not be with small ones; the largest one
 *     where candidates choose it
 * @param share of the budget, in (0, 1), that strategy {@code joint} leaves for the derivation
 */
public record DeriveSettings(
    int samples, int keep, long examples, long scoreExamples, int batch, double share) {
  /** Candidates that are drawn, if nothing is said. */
  public static final int SAMPLES = 60;

  /** Candidates that are kept, if nothing is said. */
  public static final int KEEP = 12;

  /** Checks the ranges. */
  public DeriveSettings {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("search and derivation both need a share of the budget");
    }
    if (keep < 1 || keep > samples || examples < 0 || scoreExamples < 0 || batch < 1) {
      throw new IllegalArgumentException("derivation keeps 1.." + samples + ", not " + keep);
    }
  }
}
