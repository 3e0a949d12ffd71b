package io.tandem.data.row;

import java.util.Arrays;

/** Some rows of a table that is text, one after the other in a few arrays. */
final class RowBatch {
  private static final int FIRST_CHARS = 1 << 16;
  private static final int FIRST_CELLS = 1 << 12;
  private static final int ROWS = 1 << 10;

  /** A batch that a row made longer than this does not keep the room for it. */
  private static final int MOST_CHARS = 1 << 20;

  private char[] chars = new char[FIRST_CHARS + (FIRST_CHARS >> 1)];
  private int[] ends = new int[FIRST_CELLS];
  private final int[] lastCells = new int[ROWS];
  private final long[] lines = new long[ROWS];
  private int rows;
  private int cells;
  private int longest;
  private long line;

  /** Number of rows. */
  int rows() {
    return rows;
  }

  /** Whether there should be no more rows in it. */
  boolean isFull() {
    return rows == ROWS || used() >= FIRST_CHARS;
  }

  /** Characters of the longest cell. */
  int longest() {
    return longest;
  }

  /** Takes all rows out. */
  void clear() {
    rows = 0;
    cells = 0;
    longest = 0;
    if (chars.length > MOST_CHARS) {
      chars = new char[FIRST_CHARS + (FIRST_CHARS >> 1)];
    }
  }

  /**
   * Begins a row in place of one that was not ended.
   *
   * @param number line of the file that it begins in, from 1
   */
  void begin(long number) {
    line = number;
    cells = firstCell(rows);
  }

  /** Number of cells of the row that was begun. */
  int begun() {
    return cells - firstCell(rows);
  }

  /** Adds a cell to it. */
  void add(char[] from, int offset, int length) {
    int used = used();
    if (cells == ends.length) {
      ends = Arrays.copyOf(ends, 2 * cells);
    }
    if (chars.length - used < length) {
      chars = Arrays.copyOf(chars, Math.max(2 * chars.length, used + length));
    }
    System.arraycopy(from, offset, chars, used, length);
    longest = Math.max(longest, length);
    ends[cells++] = used + length;
  }

  /** Ends it. */
  void end() {
    lines[rows] = line;
    lastCells[rows++] = cells;
  }

  private int used() {
    return cells == 0 ? 0 : ends[cells - 1];
  }

  /** The characters of all cells. */
  char[] chars() {
    return chars;
  }

  /** For each cell one after the last of its characters. */
  int[] ends() {
    return ends;
  }

  /** The first cell of a row. */
  int firstCell(int row) {
    return row == 0 ? 0 : lastCells[row - 1];
  }

  /** Number of cells of a row. */
  int cells(int row) {
    return lastCells[row] - firstCell(row);
  }

  /** Line of the file that a row begins in, from 1. */
  long line(int row) {
    return lines[row];
  }
}
