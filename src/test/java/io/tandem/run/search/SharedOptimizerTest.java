package io.tandem.run.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.report.journal.JournalEntry;
import io.tandem.testing.TinySearch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The weights that all candidates share are trained by one optimizer, or by those of the samples.
 */
final class SharedOptimizerTest {
  @TempDir private static Path folder = Path.of("");

  /** The draws of the controller are the same, so only the shared optimizer can differ. */
  @Test
  void search_fixed_trainsSharedWeightsWhateverTheRangesAre() {
    assertThat(losses("a", "search.shared_optimizer=FIXED", "space.optimizer.learning_rate=1e-3"))
        .isEqualTo(
            losses("b", "search.shared_optimizer=FIXED", "space.optimizer.learning_rate=1e-1"));
    assertThat(losses("c", "search.shared_optimizer=SAMPLED", "space.optimizer.learning_rate=1e-3"))
        .isNotEqualTo(
            losses("d", "search.shared_optimizer=SAMPLED", "space.optimizer.learning_rate=1e-1"));
  }

  @Test
  void search_fixed_followsFixedOptimizer() {
    String fixed = "search.shared_optimizer=FIXED";
    List<Double> usual = losses("e", fixed);
    assertThat(losses("f", fixed, "fixed_optimizer.family=ADAM")).isNotEqualTo(usual);
    assertThat(losses("g", fixed, "fixed_optimizer.label_smoothing=0.3")).isNotEqualTo(usual);
    assertThat(losses("h", "fixed_optimizer.family=ADAM")).isEqualTo(losses("i"));
  }

  /**
   * Training losses of the shared weights in the first outer step, before the controller learns.
   */
  private static List<Double> losses(String name, String... settings) {
    List<String> overrides = new ArrayList<>(TinySearch.overrides());
    overrides.add("search.shared_steps=6");
    overrides.add("search.budget.examples=7000");
    overrides.add("space.optimizer.label_smoothing=0");
    overrides.addAll(List.of(settings));
    return StartedSearch.journal(folder.resolve(name), overrides).stream()
        .filter(JournalEntry.Step.class::isInstance)
        .map(entry -> ((JournalEntry.Step) entry).trainingLoss())
        .limit(1)
        .toList();
  }
}
