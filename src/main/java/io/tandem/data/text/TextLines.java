package io.tandem.data.text;

import io.tandem.data.DataException;
import io.tandem.data.StoredBytes;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The lines of a text file, as they are, one in memory at a time. */
public final class TextLines {
  private final Consumer<String> sink;
  private final StringBuilder line = new StringBuilder();
  private long count;

  private TextLines(Consumer<String> sink) {
    this.sink = sink;
  }

  /**
   * Reads a file: UTF-8 with or without byte order mark, plain or compressed with gzip.
   *
   * @param file where it is
   * @param sink gets each line without its line feed, also an empty one and a last one that has
   *     none
   * @throws DataException if it cannot be read, is no UTF-8 (lines before that may have gone to the
   *     sink), or has no line
   */
  public static void read(Path file, Consumer<String> sink) {
    StoredBytes input = StoredBytes.file(file, TextDecoder.KIND);
    TextLines lines = new TextLines(sink);
    TextDecoder.read(input, StoredBytes.sha256(), lines::take);
    if (!lines.line.isEmpty()) {
      lines.end();
    }
    if (lines.count == 0) {
      throw new DataException(file + ": no line, expected at least one; give a text");
    }
  }

  private void take(char symbol) {
    if (symbol == '\n') {
      end();
    } else {
      line.append(symbol);
    }
  }

  private void end() {
    sink.accept(line.toString());
    line.setLength(0);
    count++;
  }
}
