package io.tandem.data.text;

import io.tandem.data.DataException;
import io.tandem.data.StoredBytes;
import java.util.function.Consumer;

/** The lines of a text file, as they are, one in memory at a time. */
public final class TextLines {
  /** What is read, for messages. */
  public static final String KIND = TextDecoder.KIND;

  private final Consumer<String> sink;
  private final StringBuilder line = new StringBuilder();
  private long count;

  private TextLines(Consumer<String> sink) {
    this.sink = sink;
  }

  /**
   * Reads a text: UTF-8 with or without byte order mark, plain or compressed with gzip.
   *
   * @param input its bytes
   * @param sink gets each line without its line feed, also an empty one and a last one that has
   *     none
   * @throws DataException if it cannot be read, is no UTF-8 (lines before that may have gone to the
   *     sink), or has no line
   */
  public static void read(StoredBytes input, Consumer<String> sink) {
    TextLines lines = new TextLines(sink);
    TextDecoder.read(input, StoredBytes.sha256(), lines::take);
    if (!lines.line.isEmpty()) {
      lines.end();
    }
    if (lines.count == 0) {
      throw new DataException(input.name() + ": no line, expected at least one; give a text");
    }
  }

  /**
   * Reads a whole text as one string.
   *
   * @param input its bytes, as for {@link #read}
   * @throws DataException if it cannot be read, is no UTF-8, or is empty
   */
  public static String whole(StoredBytes input) {
    StringBuilder text = new StringBuilder();
    TextDecoder.read(input, StoredBytes.sha256(), text::append);
    if (text.isEmpty()) {
      throw new DataException(input.name() + ": no line, expected at least one; give a text");
    }
    return text.toString();
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
