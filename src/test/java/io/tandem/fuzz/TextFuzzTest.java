package io.tandem.fuzz;

import io.tandem.cli.InProcess;
import io.tandem.testing.TinyText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a text holds, {@code check} takes it or says where it is wrong. */
final class TextFuzzTest {
  private static final List<String> SEEDS =
      List.of(
          TinyText.lines(120, 0),
          TinyText.lines(90, 3)
              + "the cat sat on the mat .\n\nthe “straße” \uD83D\uDE00 <unk> <eos>\n".repeat(5),
          TinyText.lines(90, 2) + "one\ttwo three\r\nfour\n".repeat(20),
          TinyText.lines(90, 1) + "3.14 is 3.14 and -1 is 1e9\n".repeat(10));

  @TempDir private static Path folder = Path.of("");

  @Test
  void check_mutatedTexts_answersInOneLine() throws IOException {
    run(Fuzz.NORMAL);
  }

  @Test
  @Tag("slow")
  void check_manyMutatedTexts_answersInOneLine() throws IOException {
    run(Fuzz.SLOW);
  }

  private static void run(int count) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("check"));
    TinyText.overrides(folder).forEach(set -> arguments.addAll(List.of("--set", set)));
    String[] all = arguments.toArray(String[]::new);
    new Fuzz("texts", folder, 1).run(count, random -> check(all, random));
  }

  private static InProcess.Ended check(String[] arguments, Random random) throws IOException {
    String name = random.nextInt(3) == 0 ? "test.txt" : "train.txt";
    Path file = folder.resolve(name);
    byte[] whole = Files.readAllBytes(file);
    String text = TextMutator.mutate(TextMutator.pick(SEEDS, random), random);
    Files.write(file, Stored.as(text.getBytes(StandardCharsets.UTF_8), random));
    try {
      return InProcess.run(arguments);
    } finally {
      Files.write(file, whole);
    }
  }
}
