package io.tandem.dialect;

import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** The same, with what others know where this says nothing. */
  public DialectSettings or(DialectSettings others) {
    return new DialectSettings(
        delimiter.or(others::delimiter),
        quote.or(others::quote),
        decimal.or(others::decimal),
        thousands.or(others::thousands),
        encoding.or(others::encoding));
  }

  /** Names of the settings that do not have their default, as a configuration calls them. */
  public List<String> changed() {
    Map<String, Optional<?>> settings = new LinkedHashMap<>();
    settings.put("delimiter", delimiter);
    settings.put("quote", quote.filter(known -> known != Dialect.STANDARD.quote()));
    settings.put("decimal", decimal);
    settings.put("thousands", thousands.filter(known -> known != NumberMarks.NONE));
    settings.put("encoding", encoding);
    return settings.entrySet().stream()
        .filter(setting -> setting.getValue().isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Marks of numbers, plain ones where they are not known. */
  public NumberMarks numbers() {
    return new NumberMarks(decimal.orElse('.'), thousands.orElse(NumberMarks.NONE));
  }
}
