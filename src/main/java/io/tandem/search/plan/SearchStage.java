package io.tandem.search.plan;

import java.util.List;

/**
 * A search that is the whole of a run's search, or one of two that follow each other.
 *
 * @param settings with the strategy and the budget of this search and no length left open
 * @param costs what it costs
 * @param longer candidates on every rung of successive halving after the first; none without it
 */
public record SearchStage(SearchSettings settings, SearchCosts costs, List<Integer> longer) {
  /** Copies the list. */
  public SearchStage {
    longer = List.copyOf(longer);
  }

  /**
   * The searches that settings ask for, in order.
   *
   * @param settings with no length left open
   * @param rows what is fed of the data
   * @param unrollSteps inner steps per run of the child, at least 1
   * @param innerLoop whether a sample of the controller costs an inner loop
   * @throws IllegalArgumentException if nothing is searched
   */
  public static List<SearchStage> of(
      SearchSettings settings, SearchRows rows, int unrollSteps, boolean innerLoop) {
    return settings.stages().stream()
        .map(
            each -> of(each, rows, unrollSteps, SearchCosts.of(each, rows, unrollSteps, innerLoop)))
        .toList();
  }

  private static SearchStage of(
      SearchSettings settings, SearchRows rows, int unrollSteps, SearchCosts costs) {
    List<Integer> places = SearchCosts.halving(settings, rows, unrollSteps).places();
    return new SearchStage(
        settings, costs, costs.promotions() == 0 ? List.of() : places.subList(1, places.size()));
  }

  /** Whether its budget pays for a step and its derivation. */
  public boolean fits() {
    return costs.fit(settings.budget());
  }

  /**
   * Outer steps that its budget pays for.
   *
   * @throws io.tandem.disk.UserError if there is none
   */
  public long steps() {
    return costs.steps(settings.budget());
  }
}
