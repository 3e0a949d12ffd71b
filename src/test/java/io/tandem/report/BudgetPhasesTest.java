package io.tandem.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tandem.report.journal.JournalEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the phases of a run cost is read off its journal. */
final class BudgetPhasesTest {
  private static JournalEntry tried(String phase, long examples) {
    return new JournalEntry.Tried(phase, 0, 0.5, 0.9, 0.5, Samples.candidate(), examples, 1);
  }

  @Test
  void of_searchWithSharedWeights_hasItsPhasesInOrder() {
    BudgetPhases phases =
        BudgetPhases.of(
            List.of(
                Samples.step(1),
                new JournalEntry.Event("drop", "one"),
                Samples.step(2),
                tried("derive", 210),
                tried("derive", 220),
                tried("rank", 300)),
            360,
            40);
    assertThat(phases.examples())
        .containsExactly(
            entry("search", 200L),
            entry("score", 20L),
            entry("train", 80L),
            entry("refine", 60L),
            entry("retrain", 40L));
    assertThat(phases.text())
        .isEqualTo("search 50 %, score 5 %, train 20 %, refine 15 %, retrain 10 %");
  }

  /** Longer rungs are trained between first ones too. */
  @Test
  void of_halving_addsTheLongerRungsUp() {
    BudgetPhases phases =
        BudgetPhases.of(
            List.of(
                tried("search", 10),
                tried("rung 1", 40),
                tried("search", 50),
                tried("rung 2", 150),
                tried("rung 3", 250)),
            250,
            50);
    assertThat(phases.examples())
        .containsExactly(entry("search", 20L), entry("longer rungs", 230L), entry("retrain", 50L));
  }

  @Test
  void of_retrainingAlone_hasNothingElse() {
    assertThat(BudgetPhases.of(List.of(), 0, 7).examples()).containsExactly(entry("retrain", 7L));
    assertThat(BudgetPhases.none().text()).isEmpty();
  }

  @Test
  void fromJson_isWhatWasWritten() {
    BudgetPhases phases = BudgetPhases.of(List.of(tried("search", 10)), 10, 5);
    assertThat(BudgetPhases.fromJson(phases.toJson())).isEqualTo(phases);
  }
}
