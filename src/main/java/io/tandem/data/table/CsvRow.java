package io.tandem.data.table;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectRemedy;
import io.tandem.dialect.NumberMarks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The row that is being read: one object for the whole file, because a String for every cell would
 * double the time to load. Valid until the next row is asked for.
 */
public final class CsvRow extends CsvCallbackHandler<CsvRow> {
  private static final int FIRST_CELLS = 64;
  private static final int FIRST_CHARS = 1024;

  // Java takes these control characters, which separate records of old, for spaces.
  private static final char FIRST_SEPARATOR = 0x1c;
  private static final char LAST_SEPARATOR = 0x1f;

  /** Texts that are remembered: categories repeat, and to look at one takes long. */
  private static final int MOST_KNOWN = 4096;

  private final Map<String, Boolean> numeric = new HashMap<>();
  private final Dialect dialect;
  private final DialectRemedy remedy;
  private final NumberMarks marks;
  private final boolean plain;
  private char[] number = new char[FIRST_CHARS];
  private char[] chars = new char[FIRST_CHARS];
  private int[] ends = new int[FIRST_CELLS];
  private int cells;
  private int used;
  private int longest;
  private long line;
  private RecordType type = RecordType.DATA;

  /**
   * A row of a file.
   *
   * @param dialect in which the file is written
   * @param remedy how another one is set
   */
  CsvRow(Dialect dialect, DialectRemedy remedy) {
    super();
    this.dialect = dialect;
    this.remedy = remedy;
    marks = dialect.numbers();
    plain = marks.isPlain();
  }

  /** Line of the file that it begins in, from 1. */
  public long line() {
    return line;
  }

  /** Number of cells. */
  public int cells() {
    return cells;
  }

  /** Characters of its longest cell. */
  int longest() {
    return longest;
  }

  /** A cell without the white space around it. */
  public String text(int cell) {
    int start = start(cell);
    int end = ends[cell];
    while (start < end && isSpace(chars[start])) {
      start++;
    }
    while (start < end && isSpace(chars[end - 1])) {
      end--;
    }
    return new String(chars, start, end - start);
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
    int start = start(cell);
    int end = ends[cell];
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
  Optional<NumberForm> form(String text) {
    return NumberForm.of(text, dialect, remedy);
  }

  /** A number as it may be written in this file, for messages. */
  String exampleNumber() {
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
  boolean looksNumeric(int cell) {
    if (!Double.isNaN(number(cell))) {
      return true;
    }
    String text = text(cell);
    if (isNoNumber(text)) {
      return false;
    }
    Boolean known = numeric.get(text);
    if (known == null) {
      known = text.matches("(?i)[+-]?(nan|inf|infinity)") || form(text).isPresent();
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
    return Character.isWhitespace(symbol) && (symbol < FIRST_SEPARATOR || symbol > LAST_SEPARATOR);
  }

  private int start(int cell) {
    return cell == 0 ? 0 : ends[cell - 1];
  }

  @Override
  protected RecordType getRecordType() {
    return type;
  }

  @Override
  protected int getFieldCount() {
    return cells;
  }

  @Override
  protected void beginRecord(long startingLineNumber) {
    line = startingLineNumber;
    cells = 0;
    used = 0;
    longest = 0;
    type = RecordType.DATA;
  }

  @Override
  protected void addField(char[] buffer, int offset, int length, boolean quoted) {
    if (cells == ends.length) {
      ends = Arrays.copyOf(ends, 2 * cells);
    }
    if (used + length > chars.length) {
      chars = Arrays.copyOf(chars, Math.max(2 * chars.length, used + length));
    }
    System.arraycopy(buffer, offset, chars, used, length);
    used += length;
    longest = Math.max(longest, length);
    ends[cells++] = used;
  }

  @Override
  protected void setComment(char[] buffer, int offset, int length) {
    type = RecordType.COMMENT;
  }

  @Override
  protected void setEmpty() {
    type = RecordType.EMPTY;
  }

  @Override
  protected CsvRow buildRecord() {
    return this;
  }
}
