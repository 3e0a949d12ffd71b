package io.tandem.dialect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Words for the way in which a table is written. */
public final class DialectWords {
  private DialectWords() {}

  /** The delimiter, and whatever is not as in the standard. */
  public static List<String> of(Dialect dialect) {
    List<String> words = new ArrayList<>();
    words.add(delimiter(dialect.delimiter()));
    quote(dialect).ifPresent(words::add);
    decimal(dialect).ifPresent(words::add);
    thousands(dialect).ifPresent(words::add);
    encoding(dialect).ifPresent(words::add);
    return words;
  }

  /**
   * What was found and is not as in the standard.
   *
   * @param dialect what was found
   * @param known what was known before
   * @return empty if there is nothing
   */
  public static List<String> found(Dialect dialect, DialectSettings known) {
    List<String> words = new ArrayList<>();
    if (known.delimiter().isEmpty() && !dialect.delimiter().equals(Delimiter.COMMA)) {
      words.add(delimiter(dialect.delimiter()));
    }
    add(known.quote(), quote(dialect), words);
    add(known.decimal(), decimal(dialect), words);
    add(known.thousands(), thousands(dialect), words);
    add(known.encoding(), encoding(dialect), words);
    return words;
  }

  private static void add(Optional<?> known, Optional<String> word, List<String> words) {
    if (known.isEmpty()) {
      word.ifPresent(words::add);
    }
  }

  private static String delimiter(Delimiter delimiter) {
    if (delimiter.repeated()) {
      return "columns aligned by spaces";
    }
    return delimiter.symbol() == '\t' ? "delimiter tab" : "delimiter \"" + delimiter.symbol() + '"';
  }

  private static Optional<String> quote(Dialect dialect) {
    if (dialect.quote() == Dialect.STANDARD.quote()) {
      return Optional.empty();
    }
    return Optional.of(
        dialect.quote() == Dialect.NO_QUOTE
            ? "no quotes"
            : "cells quoted by \"" + dialect.quote() + '"');
  }

  private static Optional<String> decimal(Dialect dialect) {
    return dialect.numbers().decimal() == ',' ? Optional.of("decimal comma") : Optional.empty();
  }

  private static Optional<String> thousands(Dialect dialect) {
    return switch (dialect.numbers().thousands()) {
      case NumberMarks.NONE -> Optional.empty();
      case ',' -> Optional.of("commas between thousands");
      case '.' -> Optional.of("points between thousands");
      case ' ' -> Optional.of("spaces between thousands");
      default -> Optional.of("apostrophes between thousands");
    };
  }

  private static Optional<String> encoding(Dialect dialect) {
    return dialect.encoding().equals(StandardCharsets.UTF_8)
        ? Optional.empty()
        : Optional.of("encoding " + dialect.encoding().name());
  }
}
