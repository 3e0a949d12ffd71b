package io.tandem.search;

/**
 * Successive halving (Jamieson and Talwalkar 2016; brackets as in Li et al. 2018, section 3): all
 * candidates are trained for a short while, the best of them for longer, and so on.
 *
 * @param rungs lengths of training, at least 1
 * @param reduction factor from one length to the next, and of the number of candidates back, at
 *     least 2
 * @param keep candidates that are trained for the last length, twice with different draws, positive
 * @param examples the last length in training examples; 0 follows the budget
 */
public record HalvingSettings(int rungs, int reduction, int keep, long examples) {
  /** Checks the ranges. */
  public HalvingSettings {
    if (rungs < 1 || reduction < 2 || keep < 1 || examples < 0) {
      throw new IllegalArgumentException("halving needs a rung, a reduction from 2 and a winner");
    }
  }

  /** The same with another last length. */
  public HalvingSettings withExamples(long other) {
    return new HalvingSettings(rungs, reduction, keep, other);
  }
}
