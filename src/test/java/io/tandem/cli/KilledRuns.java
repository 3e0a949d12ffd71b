package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.disk.KillPoint;
import io.tandem.report.journal.JournalEntry;
import io.tandem.report.journal.JournalReader;
import io.tandem.testing.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs of the search command that are killed. All have processes of their own: TensorFlow's threads
 * are those that the first session of a process asks for, and with other threads convolutions may
 * have other last bits.
 *
 * @param folder where they are
 * @param overrides settings of all of them
 */
record KilledRuns(Path folder, List<String> overrides) {
  /** The run that is killed. */
  Path run() {
    return folder.resolve("run");
  }

  /** Kills the run at the places, one after another; returns another that was never killed. */
  Path killedAt(List<String> places) throws Exception {
    Path whole = folder.resolve("whole");
    assertThat(exitCode("", search(whole))).isZero();
    for (String place : places) {
      assertThat(exitCode(place)).as(place).isEqualTo(KillPoint.STATUS);
    }
    return whole;
  }

  private String[] search(Path out) {
    List<String> arguments = new ArrayList<>(List.of("search", "--out", out.toString()));
    overrides.forEach(override -> arguments.addAll(List.of("--set", override)));
    return arguments.toArray(new String[0]);
  }

  /** Begins the run or goes on with it, to be killed at a place or, if that is empty, not. */
  int exitCode(String killAt) throws IOException, InterruptedException {
    String[] arguments =
        Files.exists(run()) ? new String[] {"search", "--resume", run().toString()} : search(run());
    return exitCode(killAt, arguments);
  }

  private static int exitCode(String killAt, String... arguments)
      throws IOException, InterruptedException {
    Process process = ChildProcess.start(Main.class.getName(), killAt, arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    assertThat(output).as(killAt).doesNotContain("unexpected");
    return code;
  }

  /** What the journal of a run says of an event. */
  static List<String> notes(Path run, String name) {
    List<String> texts = new ArrayList<>();
    for (JournalEntry entry : JournalReader.read(run.resolve("journal.jsonl")).entries()) {
      if (entry instanceof JournalEntry.Event event && event.name().equals(name)) {
        texts.add(event.text());
      }
    }
    return texts;
  }
}
