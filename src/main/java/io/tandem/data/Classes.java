package io.tandem.data;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The order of classes: integers by value, anything else by its characters. */
final class Classes {
  private static final int LONGEST_INTEGER = 100;

  private Classes() {}

  /**
   * The classes of a training table.
   *
   * @throws DataException if there are fewer than two, or two spellings of one integer
   */
  static List<String> of(Table table) {
    List<String> texts = table.texts();
    if (texts.size() < 2) {
      throw new DataException(
          Quote.format(
              "%s: every row has the label %s, expected at least two classes; check the label"
                  + " column (%s)",
              table.file(),
              Quote.quoted(texts.get(0)),
              table.columns().names().get(table.columns().label())));
    }
    if (texts.stream().allMatch(Classes::isInteger)) {
      checkSpelling(table);
    }
    return sorted(texts);
  }

  /** The texts in the order of classes; spellings of one integer stay apart. */
  static List<String> sorted(Collection<String> texts) {
    Comparator<String> byCharacters = Comparator.naturalOrder();
    Comparator<String> byValue = Comparator.comparing(BigInteger::new);
    boolean integers = texts.stream().allMatch(Classes::isInteger);
    return texts.stream()
        .sorted(integers ? byValue.thenComparing(byCharacters) : byCharacters)
        .toList();
  }

  private static boolean isInteger(String text) {
    return text.length() <= LONGEST_INTEGER && text.matches("[+-]?[0-9]+");
  }

  private static void checkSpelling(Table table) {
    Map<BigInteger, String> seen = new HashMap<>();
    for (int index = 0; index < table.texts().size(); index++) {
      String text = table.texts().get(index);
      String earlier = seen.put(new BigInteger(text), text);
      if (earlier != null) {
        throw new DataException(
            Quote.format(
                "%s:%d:%d: label %s is the integer %s in another spelling, expected one; write it"
                    + " one way",
                table.file(),
                table.lines().get(index),
                table.columns().label() + 1,
                Quote.quoted(text),
                Quote.quoted(earlier)));
      }
    }
  }
}
