package io.tandem.data.table;

import io.tandem.data.Quote;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Labels that are probably one class in two spellings: numbers such as 1, 1.0 and 1e0, spaces of
 * different kinds, forms of Unicode, capitals.
 */
final class LabelSpellings {
  private static final int LONGEST_NUMBER = 100;
  private static final String NUMBER = "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,6})?";

  private LabelSpellings() {}

  /** One line for each pair. */
  static List<String> suspicions(Table table, ReadTargets.Labels labels) {
    List<String> found = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    Map<String, Integer> folded = new HashMap<>();
    for (int index = 0; index < labels.texts().size(); index++) {
      String text = labels.texts().get(index);
      String key = key(text);
      Integer same = seen.putIfAbsent(key, index);
      Integer alike = folded.putIfAbsent(key.toLowerCase(Locale.ROOT), index);
      if (same != null) {
        found.add(line(table, labels, same, index, reason(text, labels.texts().get(same))));
      } else if (alike != null) {
        found.add(line(table, labels, alike, index, "differ in capitals only"));
      }
    }
    return found;
  }

  private static String key(String text) {
    String plain = spaces(Normalizer.normalize(text, Normalizer.Form.NFKC));
    String number = number(plain);
    return number.isEmpty() ? plain : number;
  }

  private static String spaces(String text) {
    return text.replaceAll("[\\p{Z}\\s\\p{Cf}]+", " ").strip();
  }

  /** A number in its one form, or nothing. */
  private static String number(String text) {
    if (text.length() > LONGEST_NUMBER || !text.matches(NUMBER)) {
      return "";
    }
    // Not written out: 1e99999 would have as many digits.
    BigDecimal number = new BigDecimal(text).stripTrailingZeros();
    return number.unscaledValue() + "e" + -number.scale();
  }

  private static String reason(String text, String other) {
    if (!number(spaces(text)).isEmpty() && !number(spaces(other)).isEmpty()) {
      return "are one number in two spellings";
    }
    return Normalizer.normalize(text, Normalizer.Form.NFC)
            .equals(Normalizer.normalize(other, Normalizer.Form.NFC))
        ? "are one text in two forms of Unicode"
        : "differ in their spaces or invisible characters only";
  }

  private static String line(
      Table table, ReadTargets.Labels labels, int first, int second, String reason) {
    return Quote.format(
        "%s:%d: the labels %s and %s %s, but count as two classes; write them one way",
        labels.places().get(second),
        table.layout().label() + 1,
        Quote.escaped(labels.texts().get(first)),
        Quote.escaped(labels.texts().get(second)),
        reason);
  }
}
