package io.tandem.data.table;

import io.tandem.data.DataException;
import io.tandem.data.Quote;
import java.util.ArrayList;
import java.util.List;

/**
 * The mistakes in the rows of a table, reported together: the first ones with their places, the
 * others by their number.
 */
final class BadCells {
  private static final int SHOWN = 20;

  private final String file;
  private final List<String> shown = new ArrayList<>();
  private long others;

  /**
   * A list without mistakes.
   *
   * @param file name of the table
   */
  BadCells(String file) {
    this.file = file;
  }

  /** Makes the message of a mistake, only where it is shown. */
  @FunctionalInterface
  interface Message {
    /** One line: place, problem, remedy. */
    String text();
  }

  /** Notes a mistake. */
  void add(Message message) {
    if (shown.size() < SHOWN) {
      shown.add(message.text());
    } else {
      others++;
    }
  }

  /** Whether no mistake was noted. */
  boolean isEmpty() {
    return shown.isEmpty();
  }

  /**
   * Ends the reading if there were mistakes.
   *
   * @throws DataException with all of them, a line each
   */
  void throwIfAny() {
    if (!shown.isEmpty()) {
      throw new DataException(lines());
    }
  }

  /**
   * The error for a table that cannot be read to its end.
   *
   * @param end why not
   * @return the same, with the mistakes before it
   */
  DataException with(DataException end) {
    if (shown.isEmpty()) {
      return end;
    }
    List<String> lines = lines();
    lines.addAll(end.lines());
    return new DataException(lines, end);
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>(shown);
    if (others > 0) {
      lines.add(
          Quote.format(
              "%s: %,d more %s of this kind; correct those above first",
              file, others, others == 1 ? "mistake" : "mistakes"));
    }
    return lines;
  }
}
