package io.tandem.cli.dialect;

import io.tandem.data.NearestName;
import io.tandem.data.Quote;
import io.tandem.dialect.Delimiter;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectSettings;
import io.tandem.dialect.Encodings;
import io.tandem.dialect.Marks;
import io.tandem.dialect.Quotes;
import io.tandem.disk.UserError;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a table is written; add it with {@code @Mixin}. */
public final class DialectOptions {
  private static final String DELIMITER = "--delimiter";
  private static final String QUOTE = "--quote";
  private static final String DECIMAL = "--decimal";
  private static final String THOUSANDS = "--thousands";
  private static final String ENCODING = "--encoding";

  @Option(
      names = DELIMITER,
      paramLabel = "CHAR",
      converter = ToDelimiter.class,
      description =
          "Character between cells, tab for a tab, or spaces for columns that are aligned by them"
              + " (default: found in the first rows).")
  private @Nullable Delimiter delimiter;

  @Option(
      names = QUOTE,
      paramLabel = "CHAR",
      converter = ToQuote.class,
      description =
          "Character around cells: a double quote, an apostrophe, or none (default: as in the"
              + " training table, or found in the first rows).")
  private @Nullable Character quote;

  @Option(
      names = DECIMAL,
      paramLabel = "CHAR",
      converter = ToDecimal.class,
      description =
          "Mark before the fraction of numbers, a point or a comma (default: found in the first"
              + " rows).")
  private @Nullable Character decimal;

  @Option(
      names = THOUSANDS,
      paramLabel = "CHAR",
      converter = ToThousands.class,
      description =
          "Mark between thousands: a comma, a point, an apostrophe, space, or none (default: as in"
              + " the training table, or found in the first rows).")
  private @Nullable Character thousands;

  @Option(
      names = ENCODING,
      paramLabel = "NAME",
      converter = ToEncoding.class,
      description =
          "Encoding of the text, such as windows-1252 (default: what a byte order mark says, or"
              + " that of the training table, or UTF-8).")
  private @Nullable Charset encoding;

  /**
   * What they say.
   *
   * @throws UserError if a character has two meanings
   */
  public DialectSettings settings() {
    DialectSettings settings =
        new DialectSettings(
            Optional.ofNullable(delimiter),
            Optional.ofNullable(quote),
            Optional.ofNullable(decimal),
            Optional.ofNullable(thousands),
            Optional.ofNullable(encoding));
    Dialect.conflict(
            settings.delimiter(), settings.quote(), settings.decimal(), settings.thousands())
        .ifPresent(
            conflict -> {
              throw new UserError(
                  UserError.Kind.USAGE,
                  String.join(", ", given().toList())
                      + ": "
                      + conflict
                      + ", expected different ones; change one of them");
            });
    return settings;
  }

  /** The names of those that were given. */
  public Stream<String> given() {
    return Stream.of(
            delimiter == null ? "" : DELIMITER,
            quote == null ? "" : QUOTE,
            decimal == null ? "" : DECIMAL,
            thousands == null ? "" : THOUSANDS,
            encoding == null ? "" : ENCODING)
        .filter(name -> !name.isEmpty());
  }

  private static <T> T converted(String text, Function<String, Optional<T>> parse, String allowed) {
    return parse
        .apply(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    Quote.format("'%s' is not allowed, expected %s", text, allowed)));
  }

  /** The boundary between two cells. */
  static final class ToDelimiter implements ITypeConverter<Delimiter> {
    @Override
    public Delimiter convert(String text) {
      return converted(text, Delimiter::parse, Delimiter.ALLOWED);
    }
  }

  /** The character around a cell. */
  static final class ToQuote implements ITypeConverter<Character> {
    @Override
    public Character convert(String text) {
      return converted(text, Quotes::parse, Quotes.ALLOWED);
    }
  }

  /** The mark before a fraction. */
  static final class ToDecimal implements ITypeConverter<Character> {
    @Override
    public Character convert(String text) {
      return converted(text, Marks::decimal, Marks.DECIMALS);
    }
  }

  /** The mark between thousands. */
  static final class ToThousands implements ITypeConverter<Character> {
    @Override
    public Character convert(String text) {
      return converted(text, Marks::thousands, Marks.THOUSANDS);
    }
  }

  /** The encoding of a name. */
  static final class ToEncoding implements ITypeConverter<Charset> {
    @Override
    public Charset convert(String text) {
      return Encodings.parse(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      Quote.format(
                          "'%s' is unknown, expected a name that Java knows; did you mean %s?",
                          text, NearestName.of(text, Encodings.names()))));
    }
  }
}
