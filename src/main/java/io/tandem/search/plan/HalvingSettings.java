package io.tandem.search.plan;

/**
 * Successive halving (Jamieson and Talwalkar 2016; brackets as in Li et al. 2018, section 3): all
 * candidates are trained for a short while, the best of them for longer, and so on.
 *
 * @param rungs lengths of training, at least 1
 * @param reduction factor from one length to the next, and of the number of candidates back, at
 *     least 2
 * @param keep candidates that are trained for the last length, twice with different draws, positive
 * @param examples the last length in training examples; 0 follows the budget
 * @param candidates on the first rung of strategy {@code joint}; 0 follows the budget, as it always
 *     does with the others
 */
public record HalvingSettings(int rungs, int reduction, int keep, long examples, long candidates) {
  /** Candidates on the first rung before a controller learns from them. */
  public static final int BEFORE_LEARNING = 16;

  /** Checks the ranges. */
  public HalvingSettings {
    if (rungs < 1 || reduction < 2 || keep < 1 || examples < 0 || candidates < 0) {
      throw new IllegalArgumentException("halving needs a rung, a reduction from 2 and a winner");
    }
  }

  /** The same with another last length. */
  public HalvingSettings withExamples(long other) {
    return new HalvingSettings(rungs, reduction, keep, other, candidates);
  }

  /** The same with another number of candidates on the first rung. */
  public HalvingSettings withCandidates(long other) {
    return new HalvingSettings(rungs, reduction, keep, examples, other);
  }

  /** The same with other rungs after the first. */
  HalvingSettings with(int otherRungs, int otherKeep) {
    return new HalvingSettings(otherRungs, reduction, otherKeep, examples, candidates);
  }

  /** Candidates on a rung, 0 the first, if there are enough. */
  long places(int rung) {
    return Math.round(keep * Math.pow(reduction, Math.max(0, rungs - 1 - rung)));
  }

  /** With no more rungs, and no more candidates on the last one, than the candidates can fill. */
  HalvingSettings filled() {
    if (candidates == 0) {
      return this;
    }
    HalvingSettings fewer = with(rungs, (int) Math.min(keep, candidates));
    while (fewer.rungs > 1 && fewer.places(0) > candidates) {
      fewer = fewer.with(fewer.rungs - 1, fewer.keep);
    }
    return fewer;
  }
}
