package io.tandem.fuzz;

import io.tandem.cli.InProcess;
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

/** Whatever a table holds, {@code check} takes it or says which cell is wrong. */
final class TableFuzzTest {
  /** Twenty places, an end that cannot be read, and how many more there are. */
  private static final int MOST_LINES = 22;

  /** A table with the settings that it needs. */
  private record Seed(String text, String... settings) {}

  private static final List<Seed> SEEDS =
      List.of(
          new Seed("a,b,kind\n" + "1,2,x\n3.5,4,y\n".repeat(8)),
          new Seed("a;b;kind\n" + "1;2e1;x\n3;4;y\n".repeat(8), "data.format.delimiter=;"),
          new Seed("1\t2\tx\n2\t3\ty\n".repeat(9), "data.format.delimiter=\t"),
          new Seed(
              "kind,\"a \"\"b\"\"\",\"c\nd\"\n" + "\"x, y\",-1e3,0.25\nz,7,\"1\"\n".repeat(8),
              "data.format.label=kind"),
          new Seed(
              "id,when,size,kind\n" + "1,2020-01-01,3,x\n2,2020-01-02,4,y\n".repeat(10),
              "data.format.ignore=id,when",
              "data.format.label=kind"));

  @TempDir private static Path folder = Path.of("");

  @Test
  void check_mutatedTables_answersInOneLine() throws IOException {
    run(Fuzz.NORMAL);
  }

  @Test
  @Tag("slow")
  void check_manyMutatedTables_answersInOneLine() throws IOException {
    run(Fuzz.SLOW);
  }

  private static void run(int count) throws IOException {
    new Fuzz("tables", folder, MOST_LINES).run(count, TableFuzzTest::check);
  }

  private static InProcess.Ended check(Random random) throws IOException {
    Seed seed = TextMutator.pick(SEEDS, random);
    String text = random.nextInt(8) == 0 ? seed.text() : TextMutator.mutate(seed.text(), random);
    byte[] bytes = Stored.as(text.getBytes(StandardCharsets.UTF_8), random);
    Path file = Files.write(folder.resolve("table.csv"), bytes);
    List<String> arguments = new ArrayList<>(List.of("check", "--set", "data.csv.file=" + file));
    for (String setting : seed.settings()) {
      arguments.addAll(List.of("--set", setting));
    }
    return InProcess.run(arguments.toArray(String[]::new));
  }
}
