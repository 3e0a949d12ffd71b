package io.tandem.search;

/** The number of candidates on the first rung that a part of a budget leaves. */
public final class HalvingCandidates {
  private HalvingCandidates() {}

  /**
   * The settings with the number, and with fewer rungs and fewer candidates on the last one where
   * the examples do not pay for all.
   *
   * @param settings with no length left open
   * @param examples that all rungs may cost together
   * @param batch rows of a step
   * @param rows what is fed of the data
   * @param unrollSteps steps of a run of the inner loop
   * @return at least one candidate, whatever it costs
   */
  public static HalvingSettings of(
      HalvingSettings settings, long examples, int batch, SearchRows rows, int unrollSteps) {
    for (int rungs = settings.rungs(); rungs > 0; rungs--) {
      for (int keep = settings.keep(); keep > 0; keep--) {
        HalvingSettings tried = settings.with(rungs, keep);
        HalvingPlan plan = HalvingPlan.of(tried, batch, rows, unrollSteps);
        long first = plan.lengths().get(0).cost();
        long candidates = Math.floorDiv(examples - plan.promotions(), first);
        if (candidates >= tried.places(0)) {
          return tried.withCandidates(candidates);
        }
      }
    }
    return settings.with(1, 1).withCandidates(1);
  }
}
