package io.tandem.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.cli.InProcess;
import io.tandem.report.journal.JournalReader;
import io.tandem.report.journal.Sealed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the records of a run say, {@code show} and {@code runs} show it or name the file. */
final class JournalFuzzTest {
  @TempDir private static Path folder = Path.of("");
  private static Path run = Path.of("");
  private static byte[] journal = new byte[0];
  private static List<ObjectNode> lines = List.of();
  private static String result = "";
  private static String manifest = "";

  @BeforeAll
  static void makeRun() throws IOException {
    run = RunSeed.search(folder.resolve("run"));
    journal = Files.readAllBytes(run.resolve("journal.jsonl"));
    lines = JournalReader.parse(journal).lines();
    result = Files.readString(run.resolve("result.json"));
    manifest = Files.readString(run.resolve("run.json"));
  }

  @Test
  void show_mutatedJournals_answersInOneLine() throws IOException {
    run(Fuzz.NORMAL);
  }

  @Test
  @Tag("slow")
  void show_manyMutatedJournals_answersInOneLine() throws IOException {
    run(Fuzz.SLOW);
  }

  private static void run(int count) throws IOException {
    new Fuzz("journals", folder, 1).run(count, JournalFuzzTest::show);
  }

  private static InProcess.Ended show(Random random) throws IOException {
    Files.write(
        run.resolve("journal.jsonl"),
        random.nextBoolean()
            ? sealed(random)
            : ByteMutator.mutate(journal, List.of(journal), random));
    Files.deleteIfExists(run.resolve("result.json"));
    if (random.nextInt(3) == 0) {
      Files.writeString(run.resolve("result.json"), record(result, random));
    }
    Files.writeString(
        run.resolve("run.json"), random.nextInt(4) == 0 ? record(manifest, random) : manifest);
    String format = TextMutator.pick(List.of("table", "csv", "json"), random);
    return random.nextInt(4) == 0
        ? InProcess.run("runs", folder.toString(), "--format", format)
        : InProcess.run("show", run.toString(), "--format", format);
  }

  /** Lines that say something else with the right checksum. */
  private static byte[] sealed(Random random) {
    StringBuilder text = new StringBuilder();
    for (ObjectNode line : lines) {
      text.append(Sealed.line(random.nextInt(8) == 0 ? JsonMutator.mutate(line, random) : line));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String record(String whole, Random random) throws IOException {
    return random.nextBoolean()
        ? JsonMutator.mutate(RunSeed.object(whole), random).toPrettyString()
        : TextMutator.mutate(whole, random);
  }
}
