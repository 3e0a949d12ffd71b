package io.tandem.dialect;

import java.io.IOException;
import java.io.Reader;

/**
 * Columns that are aligned by spaces or tabs, with one space between two cells instead and none at
 * the ends of lines. What is in quotes stays as it is.
 */
public final class AlignedReader extends Reader {
  private static final int BUFFER = 1 << 13;
  private static final int END = -1;

  private final Reader aligned;
  private final char quote;
  private final char[] buffer = new char[BUFFER];
  private int filled;
  private int at;
  private boolean inQuotes;
  private boolean cellBegins = true;
  private boolean lineBegins = true;
  private int pending = END;

  /**
   * Reads another reader, which is closed with this one.
   *
   * @param aligned the text
   * @param quote character around cells, {@link Dialect#NO_QUOTE} for none
   */
  public AlignedReader(Reader aligned, char quote) {
    super();
    this.aligned = aligned;
    this.quote = Quotes.symbol(quote);
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int next = next();
      if (next == END) {
        return count == 0 && length > 0 ? END : count;
      }
      target[offset + count] = (char) next;
      count++;
    }
    return count;
  }

  private int next() throws IOException {
    if (pending != END) {
      int kept = pending;
      pending = END;
      return take(kept);
    }
    int symbol = symbol();
    if (inQuotes || symbol != ' ' && symbol != '\t') {
      return symbol == END ? END : take(symbol);
    }
    while (symbol == ' ' || symbol == '\t') {
      symbol = symbol();
    }
    if (symbol == END) {
      return END;
    }
    if (lineBegins || symbol == '\n' || symbol == '\r') {
      return take(symbol);
    }
    pending = symbol;
    cellBegins = true;
    return ' ';
  }

  /** Follows the quotes. */
  private int take(int symbol) {
    boolean lineEnds = symbol == '\n' || symbol == '\r';
    if (symbol == quote && (inQuotes || cellBegins)) {
      inQuotes = !inQuotes;
      // A quote after the closing one is part of the text and opens it again.
      cellBegins = !inQuotes;
    } else {
      cellBegins = lineEnds && !inQuotes;
    }
    lineBegins = lineEnds && !inQuotes;
    return symbol;
  }

  private int symbol() throws IOException {
    if (at == filled) {
      filled = aligned.read(buffer, 0, buffer.length);
      at = 0;
      if (filled <= 0) {
        filled = 0;
        return END;
      }
    }
    return buffer[at++];
  }

  @Override
  public void close() throws IOException {
    aligned.close();
  }
}
