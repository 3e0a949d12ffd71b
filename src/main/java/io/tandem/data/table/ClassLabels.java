package io.tandem.data.table;

import io.tandem.data.Classes;
import io.tandem.data.DataException;
import io.tandem.data.Quote;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The classes that the labels of a training table name. */
final class ClassLabels {
  private ClassLabels() {}

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
    return Classes.sorted(texts);
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
