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

/** Every file of a run, so that nothing half-written and nothing left over is overlooked. */
public final class RunBytes {
  private RunBytes() {}

  /**
   * Contents by name, without times; empty for what holds times or the name of the run, of which
   * the name counts. Events for TensorBoard and the lock do not count.
   */
  public static Map<String, String> of(Path run) throws IOException {
    Map<String, String> facts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = run.relativize(file).toString();
        if (!name.startsWith("tensorboard") && !name.equals("lock")) {
          facts.put(name, content(file));
        }
      }
    }
    return facts;
  }

  private static String content(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (List.of("manifest.json", "run.json", "MODEL_CARD.md").contains(name)) {
      return "";
    }
    return switch (name) {
      case "journal.jsonl" -> String.join("\n", JournalReader.read(file).comparable());
      case "result.json" -> Files.readString(file).replaceAll("\"budget.seconds\".*", "");
      default -> HexFormat.of().formatHex(Files.readAllBytes(file));
    };
  }
}
