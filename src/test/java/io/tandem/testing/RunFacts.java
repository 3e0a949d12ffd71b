package io.tandem.testing;

import io.tandem.report.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What must be the same in a run that was killed or interrupted and in one that was not. */
public final class RunFacts {
  private RunFacts() {}

  /**
   * Journal and result without times and notes of sessions; drawings; the bytes of the exported
   * weights and of every tensor in the last checkpoints.
   */
  public static Map<String, String> of(Path run) throws IOException {
    Map<String, String> facts = new TreeMap<>();
    facts.put(
        "journal",
        String.join("\n", JournalReader.read(run.resolve("journal.jsonl")).comparable()));
    facts.put(
        "result",
        Files.readString(run.resolve("result.json")).replaceAll("\"budget.seconds\".*", ""));
    for (String name : List.of("test.json", "winner.txt", "winner.svg")) {
      facts.put(name, Files.readString(run.resolve(name)));
    }
    // Without a controller there are no rewards.
    Path reward = run.resolve("reward.svg");
    facts.put("reward.svg", Files.exists(reward) ? Files.readString(reward) : "none");
    for (String folder : List.of("model/1/variables", "checkpoints")) {
      try (Stream<Path> files = Files.walk(run.resolve(folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String name = run.relativize(file).toString();
          if (name.matches(".*(variables\\.(data|index)|tensors|/point).*")) {
            facts.put(name, HexFormat.of().formatHex(Files.readAllBytes(file)));
          }
        }
      }
    }
    return facts;
  }
}
