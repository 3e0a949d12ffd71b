package io.tandem.dialect;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds in the first bytes of a table how it is written.
 *
 * <p>Each delimiter divides the first rows, and is as good as the share of rows that are as wide as
 * the first one times the share of cells that look like one value, after the consistency measure of
 * van den Burg, Nazábal and Sutton (2019).
 */
public final class DialectFinder {
  /** Bytes that are looked at, at most. */
  public static final int BYTES = 1 << 16;

  private static final String CANDIDATES = ",;\t|";
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]*([ '\u00a0\u2009\u202f\u2019.,][0-9]+)*([eE][+-]?[0-9]+)?");
  private static final Pattern ALIGNED = Pattern.compile("\\S[ \t]{2,}\\S");
  private static final double SAME = 1e-9;

  private final DialectSettings known;
  private final Optional<Dialect> like;
  private final String text;

  private DialectFinder(DialectSettings known, Optional<Dialect> like, String text) {
    this.known = known;
    this.like = like;
    this.text = text;
  }

  /**
   * Looks at a table.
   *
   * @param head its first bytes, {@link #BYTES} if it has as many
   * @param known what is known of it
   * @param like the dialect of a similar table, for what its rows do not tell
   * @throws IllegalArgumentException if a character has two meanings
   */
  public static FoundDialect of(byte[] head, DialectSettings known, Optional<Dialect> like) {
    Charset encoding = encoding(head, known, like);
    SeparatorLine text = SeparatorLine.of(decoded(head, encoding));
    Optional<Delimiter> delimiter =
        known.delimiter().isPresent() ? known.delimiter() : text.delimiter();
    DialectSettings all =
        new DialectSettings(
            delimiter, known.quote(), known.decimal(), known.thousands(), known.encoding());
    return new DialectFinder(all, like, text.rest()).find(encoding);
  }

  private static Charset encoding(byte[] head, DialectSettings known, Optional<Dialect> like) {
    return known
        .encoding()
        .or(() -> Encodings.ofMark(head))
        .or(() -> like.map(Dialect::encoding).filter(other -> !Encodings.areUtf8(head)))
        .orElse(StandardCharsets.UTF_8);
  }

  /** The text, without a last line that is cut off. */
  private static String decoded(byte[] head, Charset encoding) {
    String text;
    try {
      text =
          encoding
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPLACE)
              .onUnmappableCharacter(CodingErrorAction.REPLACE)
              .decode(ByteBuffer.wrap(head))
              .toString();
    } catch (CharacterCodingException impossible) {
      throw new IllegalStateException(impossible);
    }
    if (!text.isEmpty() && text.charAt(0) == '\uFEFF') {
      text = text.substring(1);
    }
    int end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
    return head.length < BYTES || end < 0 ? text : text.substring(0, end + 1);
  }

  private FoundDialect find(Charset encoding) {
    Guess best = guess(known.quote().or(() -> like.map(Dialect::quote)).orElse('"'));
    if (known.quote().isEmpty() && like.isEmpty() && !best.hasQuotes()) {
      Guess other = guess('\'');
      best = other.hasQuotes() && !other.sample.broken() ? other : best;
    }
    Delimiter divided = best.delimiter;
    NumberMarksFinder numbers = new NumberMarksFinder(best.sample.rows());
    char decimal = known.decimal().orElseGet(() -> decimal(numbers, divided));
    char thousands = known.thousands().orElseGet(() -> thousands(numbers, decimal));
    return new FoundDialect(
        new Dialect(best.delimiter, best.quote, new NumberMarks(decimal, thousands), encoding),
        best.rival,
        best.sample.rows());
  }

  private char decimal(NumberMarksFinder numbers, Delimiter delimiter) {
    char groups = known.thousands().orElse(NumberMarks.NONE);
    if (delimiter.symbol() == ',' || groups == ',') {
      return '.';
    }
    if (groups == '.') {
      return ',';
    }
    return numbers.decimal().or(() -> like.map(table -> table.numbers().decimal())).orElse('.');
  }

  private char thousands(NumberMarksFinder numbers, char decimal) {
    if (like.isEmpty()) {
      return numbers.thousands(decimal);
    }
    char mark = like.get().numbers().thousands();
    return mark == decimal ? NumberMarks.NONE : mark;
  }

  /** A delimiter and a quote, and the rows that they divide. */
  private record Guess(Delimiter delimiter, char quote, Optional<Delimiter> rival, Sample sample) {
    boolean hasQuotes() {
      return sample.rows().stream().anyMatch(row -> row.quoted().contains(true));
    }
  }

  private Guess guess(char quote) {
    if (known.delimiter().isPresent()) {
      Delimiter only = known.delimiter().get();
      return new Guess(only, quote, Optional.empty(), Sample.of(text, only, quote));
    }
    Optional<Delimiter> best = Optional.empty();
    Optional<Delimiter> rival = Optional.empty();
    Sample sample = new Sample(List.of(), false);
    double most = 0;
    int widest = 0;
    for (Delimiter candidate : candidates(quote)) {
      Sample divided = Sample.of(text, candidate, quote);
      double score = score(divided, candidate);
      int width = score > 0 ? divided.rows().get(0).width() : 0;
      boolean equal = score > 0 && Math.abs(score - most) < SAME && !candidate.repeated();
      if (equal && width == widest) {
        rival = Optional.of(candidate);
      } else if (score > most + SAME || equal && width > widest) {
        best = Optional.of(candidate);
        rival = Optional.empty();
        sample = divided;
        most = score;
        widest = width;
      }
    }
    if (best.isPresent()) {
      return new Guess(best.get(), quote, rival, sample);
    }
    Delimiter only = like.map(Dialect::delimiter).orElse(Delimiter.COMMA);
    return new Guess(only, quote, Optional.empty(), Sample.of(text, only, quote));
  }

  /** Spaces are last: they are chosen only where they are better than every other. */
  private List<Delimiter> candidates(char quote) {
    List<Delimiter> candidates = new ArrayList<>();
    for (int place = 0; place < CANDIDATES.length(); place++) {
      char symbol = CANDIDATES.charAt(place);
      if (symbol != quote && known.decimal().filter(mark -> mark == symbol).isEmpty()) {
        candidates.add(Delimiter.of(symbol));
      }
    }
    if (like.isEmpty() || like.get().delimiter().repeated()) {
      candidates.add(Delimiter.SPACES);
    }
    return candidates;
  }

  /** 0 if the delimiter does not divide the rows; up to 1 if it divides them well. */
  private static double score(Sample sample, Delimiter delimiter) {
    List<SampleRow> rows = sample.rows();
    if (rows.isEmpty() || rows.get(0).width() < 2) {
      return 0;
    }
    int width = rows.get(0).width();
    long even = rows.stream().filter(row -> isEven(row, width)).count();
    double share = (double) even / (rows.size() + (sample.broken() ? 1 : 0));
    if (share <= 0.5 || delimiter.repeated() && !isAligned(sample)) {
      return 0;
    }
    long cells = 0;
    long clean = 0;
    for (SampleRow row : rows) {
      for (int cell = 0; cell < row.width(); cell++) {
        cells++;
        clean += row.quoted().get(cell) || isOneValue(row.cells().get(cell)) ? 1 : 0;
      }
    }
    return share * clean / cells;
  }

  private static boolean isEven(SampleRow row, int width) {
    return row.width() == width || row.width() == width + 1 && row.emptyAtEnd() > 0;
  }

  /**
   * Texts have spaces too: every row is as wide as the others, and some column has numbers alone.
   */
  private static boolean isAligned(Sample sample) {
    List<SampleRow> rows = sample.rows();
    int width = rows.get(0).width();
    if (sample.broken() || rows.size() < 2 || rows.stream().anyMatch(row -> row.width() != width)) {
      return false;
    }
    for (int column = 0; column < width; column++) {
      int place = column;
      if (rows.subList(1, rows.size()).stream().allMatch(row -> isNumber(row.cells().get(place)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNumber(String cell) {
    return !cell.isEmpty() && NUMBER.matcher(cell).matches();
  }

  private static boolean isOneValue(String cell) {
    return NUMBER.matcher(cell).matches()
        || cell.chars().allMatch(symbol -> CANDIDATES.indexOf(symbol) < 0)
            && !ALIGNED.matcher(cell).find();
  }
}
