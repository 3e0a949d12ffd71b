package io.tandem.data.table;

import io.tandem.data.row.TableRow;
import java.util.Optional;

/** Reads what is to be predicted, row by row. */
sealed interface TargetReader permits LabelColumn, NumberColumns {
  /**
   * Adds that of a row.
   *
   * @return whether the row has it
   */
  boolean add(TableRow row);

  /** How many rows do not have it, in words; empty if all have. */
  Optional<String> missing();

  /** Number of rows that have it. */
  int size();

  /** All of it. */
  ReadTargets toTargets();
}
