package io.tandem.data.table;

import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.row.TableRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The mistakes in the rows of a table, reported together: the first ones with their places, the
 * others by their number.
 */
final class BadCells {
  private static final int SHOWN = 20;

  /** Texts that a column may have before it is one of texts. */
  private static final int FEW = 3;

  private final String file;
  private final Some mistakes = new Some();
  private final Map<Integer, Texts> texts = new TreeMap<>();

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

  /**
   * A column with texts where numbers are expected.
   *
   * @param cell its index in a row
   * @param count rows that have a text there
   * @param first line of the first of them
   * @param place the same, in words
   * @param example the text there
   */
  record TextColumn(int cell, long count, long first, String place, String example) {}

  /** Makes one message of each column of texts. */
  @FunctionalInterface
  interface Columns {
    /** A message for each, in their order. */
    List<String> texts(List<TextColumn> columns);
  }

  private record Mistake(long line, String text) {}

  /** The first mistakes of a kind, and how many there are. */
  private static final class Some {
    private final List<Mistake> first = new ArrayList<>();
    private long count;

    void add(long line, Message message) {
      if (first.size() < SHOWN) {
        first.add(new Mistake(line, message.text()));
      }
      count++;
    }
  }

  private static final class Texts {
    private final Some each = new Some();
    private final long line;
    private final String place;
    private final String example;

    Texts(long line, String place, String example) {
      this.line = line;
      this.place = place;
      this.example = example;
    }
  }

  /** Notes a mistake in a line. */
  void add(long line, Message message) {
    mistakes.add(line, message);
  }

  /** Notes a text in place of a number. */
  void addText(TableRow row, int cell, Message message) {
    texts
        .computeIfAbsent(cell, column -> new Texts(row.line(), row.inTable(), row.text(cell)))
        .each
        .add(row.line(), message);
  }

  /**
   * Tells of a column that consists of texts in one line, instead of one for each.
   *
   * @param rows of the table
   * @param columns makes the lines
   */
  void gatherTexts(long rows, Columns columns) {
    List<TextColumn> gathered = new ArrayList<>();
    texts.forEach(
        (cell, found) -> {
          if (found.each.count > FEW && 2 * found.each.count >= rows) {
            gathered.add(
                new TextColumn(cell, found.each.count, found.line, found.place, found.example));
          }
        });
    List<String> lines = columns.texts(gathered);
    for (int index = 0; index < gathered.size(); index++) {
      String line = lines.get(index);
      texts.remove(gathered.get(index).cell());
      mistakes.add(gathered.get(index).first(), () -> line);
    }
  }

  /** Whether no mistake was noted. */
  boolean isEmpty() {
    return mistakes.count == 0 && texts.isEmpty();
  }

  /**
   * Ends the reading if there were mistakes.
   *
   * @throws DataException with all of them, a line each
   */
  void throwIfAny() {
    if (!isEmpty()) {
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
    if (isEmpty()) {
      return end;
    }
    List<String> lines = lines();
    lines.addAll(end.lines());
    return new DataException(lines, end);
  }

  private List<String> lines() {
    List<Mistake> all = new ArrayList<>(mistakes.first);
    long count = mistakes.count;
    for (Texts column : texts.values()) {
      all.addAll(column.each.first);
      count += column.each.count;
    }
    List<String> lines = new ArrayList<>();
    all.stream()
        .sorted(Comparator.comparingLong(Mistake::line))
        .limit(SHOWN)
        .forEach(mistake -> lines.add(mistake.text()));
    long others = count - lines.size();
    if (others > 0) {
      lines.add(
          Quote.format(
              "%s: %,d more %s of this kind; correct those above first",
              file, others, others == 1 ? "mistake" : "mistakes"));
    }
    return lines;
  }
}
