package io.tandem.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.dialect.Delimiter;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.Encodings;
import io.tandem.dialect.Marks;
import io.tandem.dialect.NumberMarks;
import io.tandem.dialect.Quotes;
import java.util.Optional;
import java.util.function.Function;

/**
 * The way in which a table is written, in {@code model.json}: the delimiter, and what differs from
 * the standard.
 */
final class DialectJson {
  private static final String DELIMITER = "delimiter";
  private static final String ALIGNED = "aligned";
  private static final String QUOTE = "quote";
  private static final String DECIMAL = "decimal";
  private static final String THOUSANDS = "thousands";
  private static final String ENCODING = "encoding";

  private DialectJson() {}

  static void write(Dialect dialect, ObjectNode object) {
    Dialect standard = Dialect.STANDARD;
    object.put(DELIMITER, String.valueOf(dialect.delimiter().symbol()));
    if (dialect.delimiter().repeated()) {
      object.put(ALIGNED, true);
    }
    if (dialect.quote() != standard.quote()) {
      object.put(QUOTE, Quotes.text(dialect.quote()));
    }
    NumberMarks numbers = dialect.numbers();
    if (numbers.decimal() != standard.numbers().decimal()) {
      object.put(DECIMAL, String.valueOf(numbers.decimal()));
    }
    if (numbers.thousands() != standard.numbers().thousands()) {
      object.put(THOUSANDS, Marks.text(numbers.thousands()));
    }
    if (!dialect.encoding().equals(standard.encoding())) {
      object.put(ENCODING, dialect.encoding().name());
    }
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if a value is none of those that are written
   */
  static Dialect parse(ObjectNode object) {
    Dialect standard = Dialect.STANDARD;
    char symbol =
        of(
            object,
            DELIMITER,
            "one character",
            text -> text.length() == 1 ? Optional.of(text.charAt(0)) : Optional.empty());
    JsonNode aligned = object.path(ALIGNED);
    if (!aligned.isMissingNode() && !aligned.isBoolean()) {
      throw FactsJson.wrong(ALIGNED, "true or false");
    }
    NumberMarks numbers =
        new NumberMarks(
            object.has(DECIMAL)
                ? of(object, DECIMAL, Marks.DECIMALS, Marks::decimal)
                : standard.numbers().decimal(),
            object.has(THOUSANDS)
                ? of(object, THOUSANDS, Marks.THOUSANDS, Marks::thousands)
                : standard.numbers().thousands());
    return new Dialect(
        new Delimiter(symbol, aligned.booleanValue()),
        object.has(QUOTE) ? of(object, QUOTE, Quotes.ALLOWED, Quotes::parse) : standard.quote(),
        numbers,
        object.has(ENCODING)
            ? of(object, ENCODING, "an encoding that Java knows", Encodings::parse)
            : standard.encoding());
  }

  private static <T> T of(
      ObjectNode object, String key, String allowed, Function<String, Optional<T>> parse) {
    return parse
        .apply(FactsJson.text(FactsJson.value(object, key), key))
        .orElseThrow(() -> FactsJson.wrong(key, allowed));
  }
}
