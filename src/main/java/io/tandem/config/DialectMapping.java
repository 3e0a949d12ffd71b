package io.tandem.config;

import io.tandem.config.proto.CsvFormat;
import io.tandem.data.NearestName;
import io.tandem.dialect.Delimiter;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectSettings;
import io.tandem.dialect.Encodings;
import io.tandem.dialect.Marks;
import io.tandem.dialect.Quotes;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The settings of how a table is written. */
final class DialectMapping {
  private static final String AUTO = "auto";

  private DialectMapping() {}

  /**
   * Checks them.
   *
   * @param problems gets the name of a setting below the format, and what is wrong with it
   */
  static void check(CsvFormat format, BiConsumer<String, String> problems) {
    DialectSettings settings = settings(format);
    check(
        isFound(format.getDelimiter(), settings.delimiter()),
        "delimiter",
        format.getDelimiter(),
        Delimiter.ALLOWED + ", or auto",
        problems);
    check(settings.quote().isPresent(), "quote", format.getQuote(), Quotes.ALLOWED, problems);
    check(
        isFound(format.getDecimal(), settings.decimal()),
        "decimal",
        format.getDecimal(),
        Marks.DECIMALS + ", or auto",
        problems);
    check(
        settings.thousands().isPresent(),
        "thousands",
        format.getThousands(),
        Marks.THOUSANDS,
        problems);
    if (!isFound(format.getEncoding(), settings.encoding())) {
      problems.accept(
          "encoding",
          quoted(format.getEncoding())
              + " is unknown, expected auto or a name that Java knows; did you mean "
              + NearestName.of(format.getEncoding(), Encodings.names())
              + "?");
    }
    Dialect.conflict(
            settings.delimiter(), settings.quote(), settings.decimal(), settings.thousands())
        .ifPresent(
            conflict ->
                problems.accept(
                    place(settings), conflict + ", expected different ones; change one of them"));
  }

  /** A setting that takes part in a conflict. */
  private static String place(DialectSettings settings) {
    Optional<Character> none = Optional.empty();
    boolean isDelimiter =
        Dialect.conflict(settings.delimiter(), settings.quote(), settings.decimal(), none)
            .isPresent();
    return isDelimiter ? "delimiter" : "thousands";
  }

  private static boolean isFound(String text, Optional<?> value) {
    return text.equals(AUTO) || value.isPresent();
  }

  private static void check(
      boolean allowed,
      String setting,
      String text,
      String expected,
      BiConsumer<String, String> problems) {
    if (!allowed) {
      problems.accept(setting, quoted(text) + " is not allowed, expected " + expected);
    }
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  /** What they say; what is to be found, or says nothing, is empty. */
  static DialectSettings settings(CsvFormat format) {
    Optional<Charset> encoding = Encodings.parse(format.getEncoding());
    return new DialectSettings(
        format.getDelimiter().equals(AUTO)
            ? Optional.empty()
            : Delimiter.parse(format.getDelimiter()),
        Quotes.parse(format.getQuote()),
        Marks.decimal(format.getDecimal()),
        Marks.thousands(format.getThousands()),
        encoding);
  }
}
