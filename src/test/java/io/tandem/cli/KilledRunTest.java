package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.report.JournalEntry;
import io.tandem.report.JournalReader;
import io.tandem.report.KillPoint;
import io.tandem.testing.ChildProcess;
import io.tandem.testing.RunFacts;
import io.tandem.testing.TinySearch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
          "search.ranked",
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
          "search.ranked",
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
  void resume_killedInTheRefinement_endsLikeAnUninterruptedRun() throws Exception {
    Path run = folder.resolve("run");
    Path whole =
        killedAt(
            run,
            List.of(
                "refine.before",
                "refine.trained",
                "checkpoint.amid-manifest:2",
                "refine.trained:2",
                "checkpoint.after-rename",
                "retrain.before",
                "retrain.step:60"),
            "search.refine.steps=3");
    assertThat(exitCode(run, "")).isZero();
    assertThat(RunFacts.of(run)).isEqualTo(RunFacts.of(whole));
    assertThat(RunFacts.of(run).keySet()).anyMatch(name -> name.matches("checkpoints/refine.*"));
    assertThat(notes(run, "resume")).anyMatch(text -> text.startsWith("in the refinement after"));
    assertThat(notes(run, "refine")).hasSize(1);
  }

  /** Kills a run at the places, one after another; returns another that was never killed. */
  private Path killedAt(Path run, List<String> places, String... overrides) throws Exception {
    Path whole = folder.resolve("whole");
    assertThat(Main.run(search(whole, overrides))).isZero();
    for (String place : places) {
      assertThat(exitCode(run, place, overrides)).as(place).isEqualTo(KillPoint.STATUS);
    }
    return whole;
  }

  private void killAt(List<String> places) throws Exception {
    Path run = folder.resolve("run");
    Path whole = killedAt(run, places);
    // The accuracy is recorded: armed at the reading of the test part, the run ends all the same.
    assertThat(exitCode(run, "test.reading")).isZero();
    assertThat(RunFacts.of(run)).isEqualTo(RunFacts.of(whole));
    assertThat(notes(run, "torn_tail")).hasSize(1);
    assertThat(notes(run, "resume")).hasSizeGreaterThan(places.size() / 2);
    assertThat(notes(run, "test_again")).isNotEmpty();
    assertThat(notes(whole, "resume")).isEmpty();
  }

  private static List<String> notes(Path run, String name) {
    List<String> texts = new ArrayList<>();
    for (JournalEntry entry : JournalReader.read(run.resolve("journal.jsonl")).entries()) {
      if (entry instanceof JournalEntry.Event event && event.name().equals(name)) {
        texts.add(event.text());
      }
    }
    return texts;
  }

  private static String[] search(Path run, String... overrides) {
    List<String> arguments = new ArrayList<>(List.of("search", "--out", run.toString()));
    arguments.addAll(TinySearch.arguments());
    for (String override : overrides) {
      arguments.addAll(List.of("--set", override));
    }
    return arguments.toArray(new String[0]);
  }

  private static int exitCode(Path run, String killAt, String... overrides)
      throws IOException, InterruptedException {
    String[] arguments =
        Files.exists(run)
            ? new String[] {"search", "--resume", run.toString()}
            : search(run, overrides);
    Process process = ChildProcess.start(Main.class.getName(), killAt, arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    assertThat(output).as(killAt).doesNotContain("unexpected");
    return code;
  }
}
