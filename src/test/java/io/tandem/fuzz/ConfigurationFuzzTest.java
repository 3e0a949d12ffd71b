package io.tandem.fuzz;

import io.tandem.cli.InProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a configuration holds, {@code check} says what is wrong with it and where. */
final class ConfigurationFuzzTest {
  private static final String KIND = "configurations";
  // One for each mistake, as all of them are told together.
  private static final int MOST_LINES = 200;

  @TempDir private static Path folder = Path.of("");

  @Test
  void check_mutatedConfigurations_answersInOneLineForEachMistake() throws IOException {
    run(Fuzz.NORMAL);
  }

  @Test
  @Tag("slow")
  void check_manyMutatedConfigurations_answersInOneLineForEachMistake() throws IOException {
    run(Fuzz.SLOW);
  }

  private static void run(int count) throws IOException {
    List<String> seeds = seeds();
    Files.createDirectories(folder.resolve("configs"));
    RunSeed.copy(Path.of("graphs"), folder.resolve("graphs"));
    new Fuzz(KIND, folder, MOST_LINES).run(count, random -> check(seeds, random));
  }

  private static List<String> seeds() throws IOException {
    List<String> seeds = new ArrayList<>();
    seeds.add(InProcess.run("check", "--print").out());
    seeds.add(InProcess.run("check", "--print", "--set", "space=macro").out());
    for (String shipped : List.of("configs", "graphs")) {
      try (Stream<Path> files = Files.list(Path.of(shipped))) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          seeds.add(Files.readString(file));
        }
      }
    }
    return List.copyOf(seeds);
  }

  private static InProcess.Ended check(List<String> seeds, Random random) throws IOException {
    String text = TextMutator.mutate(TextMutator.pick(seeds, random), random);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(6) == 0) {
      bytes = ByteMutator.mutate(bytes, List.of(bytes), random);
    }
    Path file = Files.write(folder.resolve("configs/own.pbtxt"), bytes);
    return InProcess.run("check", file.toString());
  }
}
