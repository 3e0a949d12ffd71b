package io.tandem.config.text;

import io.tandem.data.ForeignFormat;
import io.tandem.disk.NextCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Files that people give in place of a configuration, and how to say what they mean. */
final class OtherFormat {
  private static final int LOOKED_AT = 1 << 12;
  // Two cells at least, and nothing that a line of protobuf text has.
  private static final Pattern ROW = Pattern.compile("[^:{}<>#,;\t]*([,;\t][^:{}<>#,;\t]*)+");
  private static final Pattern GIVEN = Pattern.compile(".*\\.(csv|tsv)(\\.gz)?");
  private static final Pattern PARQUET = Pattern.compile(".*\\.parquet");
  private static final Pattern IMAGES = Pattern.compile(".*\\.(tar|tar\\.gz|tgz)");
  private static final int GZIP = 0x1f;

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
    if (PARQUET.matcher(file.toString().toLowerCase(Locale.ROOT)).matches()
        || text.startsWith("PAR1")) {
      return Optional.of(
          "is a table, not a configuration; leave it out and give --set "
              + NextCommand.quoted("data.parquet.file=" + file));
    }
    if (GIVEN.matcher(file.toString().toLowerCase(Locale.ROOT)).matches()
        || ROW.matcher(first).matches()) {
      return Optional.of(
          "is a table, not a configuration; leave it out and give --set "
              + NextCommand.quoted("data.csv.file=" + file));
    }
    if (IMAGES.matcher(file.toString().toLowerCase(Locale.ROOT)).matches()) {
      return Optional.of(
          "is an archive, not a configuration; an archive of images is searched with --set "
              + NextCommand.quoted("data.images.path=" + file));
    }
    // One that is compressed once is not known by its first bytes.
    if (bytes.length > 0 && bytes[0] != GZIP) {
      Optional<String> foreign =
          ForeignFormat.of(Arrays.copyOf(bytes, Math.min(bytes.length, LOOKED_AT)));
      if (foreign.isPresent()) {
        return foreign.map(kind -> kind + "; expected a configuration, a .pbtxt file");
      }
    }
    if (text.startsWith("{") || text.startsWith("[")) {
      return Optional.of(
          "looks like JSON, expected protobuf text such as seed: 1; see configs/ for examples");
    }
    return Optional.empty();
  }
}
