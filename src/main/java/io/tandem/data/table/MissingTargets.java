package io.tandem.data.table;

import io.tandem.data.Quote;
import io.tandem.data.row.TableRow;
import java.util.Optional;

/** Counts the rows that lack what is to be predicted. */
final class MissingTargets {
  private final String what;
  private long count;
  private String first = "";

  /**
   * None yet.
   *
   * @param what is missing, for example {@code label}
   */
  MissingTargets(String what) {
    this.what = what;
  }

  /** Counts a row. */
  void add(TableRow row) {
    first = count == 0 ? row.inTable() : first;
    count++;
  }

  /** How many there are, in words; empty if there are none. */
  Optional<String> text() {
    return count == 0
        ? Optional.empty()
        : Optional.of(
            Quote.format(
                "%,d %s no %s, the first in %s",
                count, count == 1 ? "row has" : "rows have", what, first));
  }
}
