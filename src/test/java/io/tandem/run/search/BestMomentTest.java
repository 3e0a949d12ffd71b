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
 * With wrong labels a network is best before it has learnt them by heart. A candidate is ranked by
 * its best moment if the retraining keeps its best epoch, and by its end otherwise.
 */
final class BestMomentTest {
  @TempDir private static Path folder = Path.of("");

  @Test
  void search_keepBest_ranksEveryCandidateByTheBestOfItsReadings() {
    List<JournalEntry> best = journal("best", "retrain.keep_best=true");
    List<JournalEntry> last = journal("last", "retrain.keep_best=false");
    List<JournalEntry.Tried> moments = tried(best);
    List<JournalEntry.Tried> ends = tried(last);
    int better = 0;
    for (int index = 0; index < 4; index++) {
      assertThat(moments.get(index).candidate()).isEqualTo(ends.get(index).candidate());
      assertThat(moments.get(index).rankedLoss()).isLessThanOrEqualTo(ends.get(index).rankedLoss());
      better += moments.get(index).rankedLoss() < ends.get(index).rankedLoss() ? 1 : 0;
      // Three readings of the 362 validation rows instead of one.
      assertThat(moments.get(index).examples() - ends.get(index).examples())
          .isEqualTo(2 * 362L * (index + 1));
    }
    assertThat(better).isGreaterThan(1);
    assertThat(kept(best)).hasSize(1).first().asString().contains("kept the weights after epoch");
    assertThat(kept(last)).isEmpty();
  }

  private static List<JournalEntry.Tried> tried(List<JournalEntry> journal) {
    return journal.stream()
        .filter(JournalEntry.Tried.class::isInstance)
        .map(JournalEntry.Tried.class::cast)
        .toList();
  }

  private static List<JournalEntry> kept(List<JournalEntry> journal) {
    return journal.stream()
        .filter(entry -> entry instanceof JournalEntry.Event event && event.name().equals("keep"))
        .toList();
  }

  private static List<JournalEntry> journal(String name, String setting) {
    List<String> overrides = new ArrayList<>(TinySearch.overrides());
    overrides.addAll(
        List.of(
            "search.strategy=RANDOM",
            "space.perceptron.units=128",
            "space.optimizer.schedules=CONSTANT",
            "space.optimizer.learning_rate=0.01..0.05",
            "data.wrong_labels=0.4",
            "search.derive.samples=0",
            "search.derive.keep=0",
            "search.derive.examples=6000",
            "search.budget.examples=32000",
            "retrain.examples=30000",
            "retrain.with_validation=false",
            setting));
    return StartedSearch.journal(folder.resolve(name), overrides);
  }
}
