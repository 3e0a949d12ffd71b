package io.tandem.dialect;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * What is known of the way in which a table is written; the rest is found in its first rows.
 *
 * @param delimiter between two cells
 * @param quote around cells, {@link Dialect#NO_QUOTE} for none
 * @param decimal before the fraction of numbers
 * @param thousands between groups of digits, {@link NumberMarks#NONE} for none
 * @param encoding of the text
 */
public record DialectSettings(
    Optional<Delimiter> delimiter,
    Optional<Character> quote,
    Optional<Character> decimal,
    Optional<Character> thousands,
    Optional<Charset> encoding) {
  /** Nothing is known. */
  public static final DialectSettings UNKNOWN =
      new DialectSettings(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** One character for all spaces, and one for both apostrophes. */
  public DialectSettings {
    thousands = thousands.map(NumberMarks::canonical);
  }

  /** The standard with a delimiter, in UTF-8 unless a byte order mark says otherwise. */
  public static DialectSettings of(char delimiter) {
    return new DialectSettings(
        Optional.of(Delimiter.of(delimiter)),
        Optional.of(Dialect.STANDARD.quote()),
        Optional.of(NumberMarks.PLAIN.decimal()),
        Optional.of(NumberMarks.NONE),
        Optional.empty());
  }

  /** A dialect that is known. */
  public static DialectSettings exactly(Dialect dialect) {
    return new DialectSettings(
        Optional.of(dialect.delimiter()),
        Optional.of(dialect.quote()),
        Optional.of(dialect.numbers().decimal()),
        Optional.of(dialect.numbers().thousands()),
        Optional.of(dialect.encoding()));
  }

  /** The same in another encoding, if there is one. */
  public DialectSettings in(Optional<Charset> other) {
    return other.isEmpty()
        ? this
        : new DialectSettings(delimiter, quote, decimal, thousands, other);
  }

  /** Marks of numbers, plain ones where they are not known. */
  public NumberMarks numbers() {
    return new NumberMarks(decimal.orElse('.'), thousands.orElse(NumberMarks.NONE));
  }
}
