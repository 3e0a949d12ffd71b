package io.tandem.search.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With 1,000 rows for validation, and runs of 64 rows. */
class HalvingCandidatesTest {
  private static final SearchRows ROWS = new ExampleRows(5000, 1000, false);

  @ParameterizedTest
  @CsvSource({
    // examples for all, last length -> rungs, kept, candidates
    "580000, 18000, 3, 4, 115", // (580000 - 12 * 6952 - 8 * 18984) / 2984
    "250000, 18000, 3, 2, 44", // four kept would leave four candidates for 36 places
    "60000, 18000, 2, 1, 3",
    "20000, 18000, 1, 1, 1", // costs more than that, and is all that can be done
  })
  void of_fewerExamples_hasFewerRungsAndCandidates(
      long examples, long last, int rungs, int keep, long candidates) {
    HalvingSettings settings = of(examples, last);
    assertThat(settings.rungs()).isEqualTo(rungs);
    assertThat(settings.keep()).isEqualTo(keep);
    assertThat(settings.candidates()).isEqualTo(candidates);
  }

  @Test
  void of_enoughExamples_spendsThemAllButLessThanACandidate() {
    for (long examples = 60_000; examples < 2_000_000; examples += 37_777) {
      HalvingSettings settings = of(examples, 18_000);
      HalvingPlan plan = HalvingPlan.of(settings, 32, ROWS, 2);
      long first = plan.lengths().get(0).cost();
      long spent = settings.candidates() * first + plan.promotions();
      assertThat(spent).isBetween(examples - first + 1, examples);
      assertThat(settings.candidates()).isGreaterThanOrEqualTo(plan.places().get(0));
    }
  }

  /** Lengths that are left open are those of what is kept. */
  @Test
  void of_openLength_staysAHalving() {
    for (long examples = 10_000; examples < 400_000; examples += 7_777) {
      HalvingSettings settings =
          HalvingCandidates.of(new HalvingSettings(3, 3, 50, 0, 0), examples, 32, ROWS, 2);
      HalvingPlan plan = HalvingPlan.of(settings, 32, ROWS, 2);
      for (int rung = 1; rung + 1 < plan.size(); rung++) {
        assertThat(plan.lengths().get(rung).loops())
            .as(examples + ", rung " + rung)
            .isGreaterThan(plan.lengths().get(rung - 1).loops());
      }
      if (settings.candidates() > 1) {
        assertThat(settings.candidates() * plan.lengths().get(0).cost() + plan.promotions())
            .isLessThanOrEqualTo(examples);
      }
    }
  }

  @Test
  void plan_ofFewerCandidatesThanPlaces_hasRungsThatTheyFill() {
    HalvingPlan plan = HalvingPlan.of(new HalvingSettings(3, 3, 4, 18_000, 5), 32, ROWS, 2);
    assertThat(plan.places()).containsExactly(4, 4);
    plan = HalvingPlan.of(new HalvingSettings(3, 3, 4, 18_000, 2), 32, ROWS, 2);
    assertThat(plan.places()).containsExactly(2, 2);
    plan = HalvingPlan.of(new HalvingSettings(3, 3, 1, 18_000, 8), 32, ROWS, 2);
    assertThat(plan.places()).containsExactly(3, 1, 1);
  }

  private static HalvingSettings of(long examples, long last) {
    return HalvingCandidates.of(new HalvingSettings(3, 3, 4, last, 0), examples, 32, ROWS, 2);
  }
}
