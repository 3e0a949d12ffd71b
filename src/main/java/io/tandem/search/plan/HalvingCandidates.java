package io.tandem.search.plan;

/** The number of candidates on the first rung that a part of a budget leaves. */
public final class HalvingCandidates {
  private HalvingCandidates() {}

  /**
   * The settings with the number, and with fewer candidates on the last rung and fewer rungs where
   * the examples do not pay for all. A length that is left open follows what is kept.
   *
   * @param settings whose number of candidates is left open
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
        HalvingSettings tried =
            sized(settings.with(rungs, keep), examples, batch, rows, unrollSteps);
        HalvingPlan plan = HalvingPlan.of(tried, batch, rows, unrollSteps);
        long first = plan.lengths().get(0).cost();
        long candidates = Math.floorDiv(examples - plan.promotions(), first);
        if (candidates >= tried.places(0)) {
          return tried.withCandidates(candidates);
        }
      }
    }
    return sized(settings.with(1, 1).withCandidates(1), examples, batch, rows, unrollSteps);
  }

  private static HalvingSettings sized(
      HalvingSettings settings, long examples, int batch, SearchRows rows, int unrollSteps) {
    return settings.examples() > 0
        ? settings
        : settings.withExamples(HalvingLength.of(settings, examples, batch, rows, unrollSteps));
  }
}
