package io.tandem.data.row;

import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectRemedy;
import io.tandem.dialect.NumberMarks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The row that is being read: one object for the whole file, because a String for every cell would
 * double the time to load. Valid until the next row is asked for.
 */
public final class TableRow {
  private static final int FIRST_CELLS = 64;
  private static final int FIRST_CHARS = 1024;

  // Java takes these control characters, which separate records of old, for spaces.
  private static final char FIRST_SEPARATOR = 0x1c;
  private static final char LAST_SEPARATOR = 0x1f;
  private static final char LAST_ASCII = 0x7f;

  /** Texts that are remembered: categories repeat, and to look at one takes long. */
  private static final int MOST_KNOWN = 4096;

  private static final Pattern NOT_FINITE = Pattern.compile("(?i)[+-]?(nan|inf|infinity)");

  private final Map<String, Boolean> numeric = new HashMap<>();
  private final Dialect dialect;
  private final DialectRemedy remedy;
  private final NumberMarks marks;
  private final boolean plain;
  private char[] number = new char[FIRST_CHARS];
  private char[] chars = new char[FIRST_CHARS];
  private int[] ends = new int[FIRST_CELLS];
  private int first;
  private int cells;
  private double[] given = new double[FIRST_CELLS];
  private boolean hasGiven;
  private long line;
  private boolean counted;

  /**
   * A row of a file.
   *
   * @param dialect in which the file is written
   * @param remedy how another one is set
   */
  TableRow(Dialect dialect, DialectRemedy remedy) {
    this.dialect = dialect;
    this.remedy = remedy;
    marks = dialect.numbers();
    plain = marks.isPlain();
  }

  /** A row of a table that is no text. */
  public TableRow() {
    this(Dialect.STANDARD, DialectRemedy.SETTING);
  }

  /**
   * Line of the file that it begins in, from 1; of a table that is no text the number of the row,
   * from 1, and 0 of the names of the columns.
   */
  public long line() {
    return line;
  }

  /** Returns true if it may be a header that nobody has told of. */
  public boolean mayBeHeader() {
    return line == 1 && !counted;
  }

  /** Returns true if it is from a table that names its columns itself. */
  public boolean named() {
    return counted;
  }

  /**
   * Where it is, for messages.
   *
   * @param file name of the table
   */
  public String place(String file) {
    return place(file, line, counted);
  }

  /**
   * Where a row is, for messages.
   *
   * @param file name of the table
   * @param line of the row
   * @param counted whether that is the number of a row
   */
  static String place(String file, long line, boolean counted) {
    if (!counted) {
      return file + ":" + line;
    }
    return line == 0 ? file : file + ":row " + line;
  }

  /**
   * Where it is within its table, in words.
   *
   * @return for example {@code line 7} or {@code row 7}
   */
  public String inTable() {
    return (counted ? "row " : "line ") + line;
  }

  /**
   * Begins a row of a table that is no text.
   *
   * @param number of the row, from 1; 0 for the names of the columns
   */
  public void begin(long number) {
    line = number;
    cells = 0;
    hasGiven = false;
    counted = true;
  }

  /**
   * Becomes a row of a batch.
   *
   * @param batch that is not changed while this is in use
   * @param row which of its rows
   */
  void show(RowBatch batch, int row) {
    chars = batch.chars();
    ends = batch.ends();
    first = batch.firstCell(row);
    cells = batch.cells(row);
    line = batch.line(row);
  }

  /**
   * Adds a cell that is a number, whose text is made only where it is needed: that and reading it
   * again would take longer than all the rest.
   *
   * @param number finite
   */
  public void add(double number) {
    add("");
    if (given.length < cells) {
      int old = given.length;
      given = Arrays.copyOf(given, ends.length);
      Arrays.fill(given, old, given.length, Double.NaN);
    }
    if (!hasGiven) {
      Arrays.fill(given, Double.NaN);
      hasGiven = true;
    }
    given[cells - 1] = number;
  }

  private boolean isGiven(int cell) {
    return hasGiven && cell < given.length && !Double.isNaN(given[cell]);
  }

  /** Adds a cell; an empty text is a missing value. */
  public void add(String text) {
    int length = text.length();
    int used = start(cells);
    if (cells == ends.length) {
      ends = Arrays.copyOf(ends, 2 * cells);
    }
    if (used + length > chars.length) {
      chars = Arrays.copyOf(chars, Math.max(2 * chars.length, used + length));
    }
    text.getChars(0, length, chars, used);
    ends[cells++] = used + length;
  }

  /** Number of cells. */
  public int cells() {
    return cells;
  }

  /** Characters of its longest cell. */
  int longest() {
    int longest = 0;
    for (int cell = 0; cell < cells; cell++) {
      longest = Math.max(longest, end(cell) - start(cell));
    }
    return longest;
  }

  /** A cell without the white space around it. */
  public String text(int cell) {
    if (isGiven(cell)) {
      return Double.toString(given[cell]);
    }
    int start = start(cell);
    int end = end(cell);
    while (start < end && isSpace(chars[start])) {
      start++;
    }
    while (start < end && isSpace(chars[end - 1])) {
      end--;
    }
    return new String(chars, start, end - start);
  }

  /**
   * The number of a cell's text, without the white space around it.
   *
   * @param cell which
   * @param codes has the numbers
   */
  public int code(int cell, TextCodes codes) {
    if (isGiven(cell)) {
      return codes.code(text(cell));
    }
    int start = start(cell);
    int end = end(cell);
    while (start < end && isSpace(chars[start])) {
      start++;
    }
    while (start < end && isSpace(chars[end - 1])) {
      end--;
    }
    return codes.code(chars, start, end);
  }

  /** All cells without the white space around them. */
  public List<String> texts() {
    List<String> texts = new ArrayList<>(cells);
    for (int cell = 0; cell < cells; cell++) {
      texts.add(text(cell));
    }
    return texts;
  }

  /** A cell as a number, NaN if it is none. */
  public double number(int cell) {
    if (isGiven(cell)) {
      return given[cell];
    }
    int start = start(cell);
    int end = end(cell);
    while (start < end && chars[start] <= ' ' && isSpace(chars[start])) {
      start++;
    }
    while (start < end && chars[end - 1] <= ' ' && isSpace(chars[end - 1])) {
      end--;
    }
    return plain ? Decimal.parse(chars, start, end) : marked(start, end);
  }

  /** A number with marks of its own, made a plain one first so that it has the same value. */
  private double marked(int start, int end) {
    if (number.length < end - start) {
      number = new char[2 * (end - start)];
    }
    int length = marks.toPlain(chars, start, end, number);
    return length < 0 ? Double.NaN : Decimal.parse(number, 0, length);
  }

  /**
   * The reason why a cell that looks like a number is not taken for one, and the remedy; empty if
   * it is taken, or looks like none.
   */
  public Optional<String> refusal(int cell) {
    return Double.isNaN(number(cell))
        ? form(text(cell)).map(form -> form.name() + "; " + form.remedy())
        : Optional.empty();
  }

  /** The form of a number that is not taken; empty if a text is none. */
  public Optional<NumberForm> form(String text) {
    return NumberForm.of(text, dialect, remedy);
  }

  /** A number as it may be written in this file, for messages. */
  public String exampleNumber() {
    return marks.written("-1.5");
  }

  /**
   * Takes off empty cells at its end.
   *
   * @param width number of cells that it has with them
   * @param empty number of those that are taken off if they are empty
   */
  void dropEmpty(int width, int empty) {
    if (cells != width) {
      return;
    }
    for (int cell = width - empty; cell < width; cell++) {
      if (!text(cell).isEmpty()) {
        return;
      }
    }
    cells -= empty;
  }

  /**
   * Returns true if a cell looks like a number: a finite or infinite one, {@code NaN}, or one in a
   * form that is refused.
   */
  public boolean looksNumeric(int cell) {
    if (!Double.isNaN(number(cell))) {
      return true;
    }
    String text = text(cell);
    if (isNoNumber(text)) {
      return false;
    }
    Boolean known = numeric.get(text);
    if (known == null) {
      known = NOT_FINITE.matcher(text).matches() || form(text).isPresent();
      if (numeric.size() < MOST_KNOWN) {
        numeric.put(text, known);
      }
    }
    return known;
  }

  /** Whether a text has what no form of a number has, which spares most dates a closer look. */
  private static boolean isNoNumber(String text) {
    int points = 0;
    boolean comma = false;
    for (int place = 0; place < text.length(); place++) {
      char symbol = text.charAt(place);
      boolean sign = symbol == '-' && place > 0 && Character.isDigit(text.charAt(place - 1));
      if (symbol == '/' || symbol == ':' || sign) {
        return true;
      }
      points += symbol == '.' ? 1 : 0;
      comma |= symbol == ',' || symbol == '%';
    }
    return points > 1 && !comma;
  }

  /** Other control characters are no space: they tell of a damaged file. */
  private static boolean isSpace(char symbol) {
    return (symbol <= ' ' || symbol > LAST_ASCII)
        && Character.isWhitespace(symbol)
        && (symbol < FIRST_SEPARATOR || symbol > LAST_SEPARATOR);
  }

  private int start(int cell) {
    int place = first + cell;
    return place == 0 ? 0 : ends[place - 1];
  }

  private int end(int cell) {
    return ends[first + cell];
  }
}
