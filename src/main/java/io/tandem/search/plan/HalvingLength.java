package io.tandem.search.plan;

import java.util.function.LongPredicate;

/** The length of the last rung of successive halving that a budget leaves. */
public final class HalvingLength {
  /**
   * Of a budget, for the rungs after the first: each costs as much as the last one, which is there
   * twice.
   */
  private static final double PROMOTED = 0.5;

  private HalvingLength() {}

  /**
   * The length.
   *
   * @param settings whose length is left open
   * @param budget examples of the whole search
   * @param batch rows of a step
   * @param rows what is fed of the data
   * @param unrollSteps steps of a run of the inner loop
   * @return training examples, positive; a candidate and all rungs fit the budget with it, if they
   *     do with any length
   */
  public static long of(
      HalvingSettings settings, long budget, int batch, SearchRows rows, int unrollSteps) {
    if (settings.candidates() > 0) {
      return longest(budget, length -> cost(settings, length, batch, rows, unrollSteps) <= budget);
    }
    int trainings = settings.keep() * settings.rungs() * rows.folds();
    long share = Math.max(1, (long) (PROMOTED * budget / trainings));
    HalvingPlan wanted = plan(settings, share, batch, rows, unrollSteps);
    if (wanted.promotions() + wanted.lengths().get(0).cost() <= budget) {
      return share;
    }
    // Validations, and steps that cannot be divided, cost more than the share.
    return longest(
        share,
        length ->
            plan(settings, length, batch, rows, unrollSteps).promotions() <= PROMOTED * budget);
  }

  /** Of all rungs, where the first one's candidates are given. */
  private static long cost(
      HalvingSettings settings, long length, int batch, SearchRows rows, int unrollSteps) {
    HalvingPlan plan = plan(settings, length, batch, rows, unrollSteps);
    return settings.candidates() * plan.lengths().get(0).cost() + plan.promotions();
  }

  private static HalvingPlan plan(
      HalvingSettings settings, long length, int batch, SearchRows rows, int unrollSteps) {
    return HalvingPlan.of(settings.withExamples(length), batch, rows, unrollSteps);
  }

  /** The largest number below a limit that fits; 1 if none does. */
  private static long longest(long limit, LongPredicate fits) {
    long found = 1;
    long over = limit;
    while (over - found > 1) {
      long middle = (found + over) / 2;
      if (fits.test(middle)) {
        found = middle;
      } else {
        over = middle;
      }
    }
    return found;
  }
}
