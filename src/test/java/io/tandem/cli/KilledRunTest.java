package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testing.RunFacts;
import io.tandem.testing.TinySearch;
import io.tandem.testing.TinyText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed wherever a resume has something else to do, each time in the resume after
 * the kill before, ends like one that was never killed. Places within the writing of a file are
 * tried by KillPointTest.
 */
final class KilledRunTest {
  private static final List<String> FEW =
      List.of(
          "search.shared:3",
          "journal.amid:2",
          "checkpoint.before-index",
          "search.rung",
          "retrain.step:60",
          "checkpoint.amid-manifest",
          "test.reading",
          "test.json.before-rename",
          "export.variables");

  private static final List<String> ALL =
      List.of(
          "run.created",
          "search.shared:3",
          "journal.amid:2",
          "search.stepped:2",
          "checkpoint.before-index",
          "checkpoint.after-rename",
          "search.rung",
          "search.derived",
          "retrain.before",
          "retrain.step:60",
          "retrain.step:60",
          "checkpoint.amid-manifest",
          "test.json.before-rename",
          "test.json.after-rename",
          "test.reading",
          "test.json.before-rename",
          "test.json.after-rename",
          "export.variables",
          "export.warm-up",
          "export.before-rename",
          "export.after-rename",
          "result.json.before-rename");

  @TempDir private Path folder = Path.of("");

  @Test
  void resume_killedAtAFewPlacesInTurn_endsLikeAnUninterruptedRun() throws Exception {
    killAt(FEW);
  }

  @Test
  @Tag("slow")
  void resume_killedAtEveryPlaceInTurn_endsLikeAnUninterruptedRun() throws Exception {
    killAt(ALL);
  }

  @Test
  @Tag("slow")
  void resume_killedInTheRefinement_endsLikeAnUninterruptedRun() throws Exception {
    List<String> overrides = new ArrayList<>(TinySearch.overrides());
    overrides.add("search.refine.steps=3");
    KilledRuns runs = new KilledRuns(folder, overrides);
    Path run = runs.run();
    Path whole =
        runs.killedAt(
            List.of(
                "refine.before",
                "refine.trained",
                "checkpoint.amid-manifest:2",
                "refine.trained:2",
                "checkpoint.after-rename",
                "retrain.before",
                "retrain.step:60"));
    assertThat(runs.exitCode("")).isZero();
    assertThat(RunFacts.of(run)).isEqualTo(RunFacts.of(whole));
    assertThat(RunFacts.of(run).keySet()).anyMatch(name -> name.matches("checkpoints/refine.*"));
    assertThat(KilledRuns.notes(run, "resume"))
        .anyMatch(text -> text.startsWith("in the refinement after"));
    assertThat(KilledRuns.notes(run, "refine")).hasSize(1);
  }

  /** The second of two searches begins once, and from the end of the first. */
  @Test
  @Tag("slow")
  void resume_killedBetweenTwoSearches_endsLikeAnUninterruptedRun() throws Exception {
    List<String> overrides = new ArrayList<>(TinySearch.overrides());
    overrides.addAll(
        List.of(
            "search.strategy=ENAS_TUNED_ONCE",
            "search.halving.keep=1",
            "search.halving.rungs=2",
            "search.halving.examples=320",
            "search.budget.examples=20000"));
    KilledRuns runs = new KilledRuns(folder, overrides);
    Path whole = runs.killedAt(List.of("search.rung:2", "search.second", "search.shared:2"));
    assertThat(runs.exitCode("")).isZero();
    assertThat(RunFacts.of(runs.run())).isEqualTo(RunFacts.of(whole));
    assertThat(KilledRuns.notes(runs.run(), "resume")).hasSize(3);
    assertThat(KilledRuns.notes(runs.run(), "stage")).hasSize(1);
  }

  /**
   * Statistics of normalisations and unrolled convolutions come back with the same bits as well.
   */
  @Test
  @Tag("slow")
  void resume_killedWithImages_endsLikeAnUninterruptedRun() throws Exception {
    KilledRuns runs = new KilledRuns(folder, TinySearch.ofImages());
    Path whole = runs.killedAt(List.of("checkpoint.before-index", "retrain.step:6"));
    assertThat(runs.exitCode("")).isZero();
    assertThat(RunFacts.of(runs.run())).isEqualTo(RunFacts.of(whole));
    assertThat(KilledRuns.notes(runs.run(), "resume")).hasSize(2);
  }

  /** What a language model remembers of the text, and its averages, come back as well. */
  @Test
  @Tag("slow")
  void resume_killedWithText_endsLikeAnUninterruptedRun() throws Exception {
    KilledRuns runs = new KilledRuns(folder, TinyText.ofRun(folder));
    Path whole =
        runs.killedAt(
            List.of("search.shared:3", "retrain.step:15", "retrain.step:100", "export.variables"));
    assertThat(runs.exitCode("")).isZero();
    assertThat(RunFacts.of(runs.run())).isEqualTo(RunFacts.of(whole));
    assertThat(KilledRuns.notes(runs.run(), "resume")).hasSize(4);
  }

  private void killAt(List<String> places) throws Exception {
    KilledRuns runs = new KilledRuns(folder, TinySearch.overrides());
    Path run = runs.run();
    Path whole = runs.killedAt(places);
    // The accuracy is recorded: armed at the reading of the test part, the run ends all the same.
    assertThat(runs.exitCode("test.reading")).isZero();
    assertThat(RunFacts.of(run)).isEqualTo(RunFacts.of(whole));
    assertThat(KilledRuns.notes(run, "torn_tail")).hasSize(1);
    assertThat(KilledRuns.notes(run, "resume")).hasSizeGreaterThan(places.size() / 2);
    assertThat(KilledRuns.notes(run, "test_again")).isNotEmpty();
    assertThat(KilledRuns.notes(whole, "resume")).isEmpty();
  }
}
