package io.tandem.search;

/**
 * How the winner is picked after the search.
 *
 * @param samples candidates drawn from the controller, positive
 * @param keep the best of them that are trained from scratch, 1..{@code samples}
 * @param examples length of that training of each one, in training examples; 0 follows the budget
 * @param scoreExamples validation examples that all drawn candidates are scored on with the shared
 *     weights, at most; 0 follows the budget
 * @param batch rows per step of that training, positive: that of the retraining, because an
 *     optimizer that is stable with large batches need not be with small ones; the largest one
 *     where candidates choose it
 */
public record DeriveSettings(int samples, int keep, long examples, long scoreExamples, int batch) {
  /** Checks the ranges. */
  public DeriveSettings {
    if (keep < 1 || keep > samples || examples < 0 || scoreExamples < 0 || batch < 1) {
      throw new IllegalArgumentException("derivation keeps 1.." + samples + ", not " + keep);
    }
  }
}
