package io.tandem.config;

import io.tandem.report.NextCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Files that people give in place of a configuration, and how to say what they mean. */
final class OtherFormat {
  private static final int LOOKED_AT = 1 << 12;
  // Two cells at least, and nothing that a line of protobuf text has.
  private static final Pattern ROW = Pattern.compile("[^:{}<>#,;\t]*([,;\t][^:{}<>#,;\t]*)+");
  private static final Pattern GIVEN = Pattern.compile(".*\\.(csv|tsv)(\\.gz)?");

  private OtherFormat() {}

  /**
   * What a file is, and what to do.
   *
   * @param file its name
   * @param bytes its first ones
   * @return a message without the name; empty if it may be a configuration
   */
  static Optional<String> of(Path file, byte[] bytes) {
    String text =
        new String(bytes, 0, Math.min(bytes.length, LOOKED_AT), StandardCharsets.UTF_8)
            .replace("\uFEFF", "")
            .strip();
    String first = text.lines().findFirst().orElse("");
    if (GIVEN.matcher(file.toString().toLowerCase(Locale.ROOT)).matches()
        || ROW.matcher(first).matches()) {
      return Optional.of(
          "is a table, not a configuration; leave it out and give --set "
              + NextCommand.quoted("data.csv.file=" + file));
    }
    if (text.startsWith("{") || text.startsWith("[")) {
      return Optional.of(
          "looks like JSON, expected protobuf text such as seed: 1; see configs/ for examples");
    }
    return Optional.empty();
  }
}
