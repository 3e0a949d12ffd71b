package io.tandem.column;

/** The type of a column of features. */
public sealed interface ColumnType
    permits ColumnType.Numeric, ColumnType.Category, ColumnType.Truth, ColumnType.Date {
  /** Numbers. */
  record Numeric() implements ColumnType {}

  /** Texts, or numbers that are names. */
  record Category() implements ColumnType {}

  /** True or false, see {@link TruthWords}. */
  record Truth() implements ColumnType {}

  /**
   * Dates, perhaps with times.
   *
   * @param form in which all of them are written
   */
  record Date(DateForm form) implements ColumnType {}
}
