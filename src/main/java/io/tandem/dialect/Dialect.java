package io.tandem.dialect;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The way in which a table is written.
 *
 * @param delimiter between two cells
 * @param quote character around cells that hold a delimiter or a line break; {@link #NO_QUOTE} if
 *     there is none
 * @param numbers the marks in numbers
 * @param encoding of the text
 */
public record Dialect(Delimiter delimiter, char quote, NumberMarks numbers, Charset encoding) {
  /** No character: cells are not quoted. */
  public static final char NO_QUOTE = 0;

  /** Comma-separated values (RFC 4180) in UTF-8 with plain numbers. */
  public static final Dialect STANDARD =
      new Dialect(Delimiter.COMMA, '"', NumberMarks.PLAIN, StandardCharsets.UTF_8);

  /** Checks that no character has two meanings. */
  public Dialect {
    Optional<String> conflict =
        conflict(
            Optional.of(delimiter),
            Optional.of(quote),
            Optional.of(numbers.decimal()),
            Optional.of(numbers.thousands()));
    if (conflict.isPresent()) {
      throw new IllegalArgumentException(conflict.get());
    }
  }

  /** The standard with another delimiter. */
  public static Dialect of(char delimiter) {
    return new Dialect(
        Delimiter.of(delimiter), STANDARD.quote, STANDARD.numbers, STANDARD.encoding);
  }

  /**
   * The two meanings of a character that has two. A mark between thousands may be the delimiter:
   * such numbers are quoted.
   *
   * @param delimiter if it is known
   * @param quote likewise
   * @param decimal likewise
   * @param thousands likewise
   * @return in words; empty if there is none
   */
  public static Optional<String> conflict(
      Optional<Delimiter> delimiter,
      Optional<Character> quote,
      Optional<Character> decimal,
      Optional<Character> thousands) {
    Optional<Character> between = delimiter.map(Delimiter::symbol);
    Optional<Character> around = quote.filter(mark -> mark != NO_QUOTE);
    Optional<Character> groups = thousands.filter(mark -> mark != NumberMarks.NONE);
    if (between.isPresent() && between.equals(decimal)) {
      return Optional.of(both(between.get(), "the delimiter", "the decimal mark"));
    }
    if (between.isPresent() && between.equals(around)) {
      return Optional.of(both(between.get(), "the delimiter", "the quote"));
    }
    if (decimal.isPresent() && decimal.equals(groups)) {
      return Optional.of(both(decimal.get(), "the decimal mark", "the mark between thousands"));
    }
    if (around.isPresent() && around.equals(groups)) {
      return Optional.of(both(around.get(), "the quote", "the mark between thousands"));
    }
    return Optional.empty();
  }

  private static String both(char symbol, String first, String second) {
    return "\"" + symbol + "\" is " + first + " and " + second;
  }
}
