package io.tandem.column;

/** The order of day and month in dates with slashes that can be read both ways. */
public enum DateOrder {
  /** As the dates of the column show it, some of which have a day after the 12th. */
  AS_FOUND,
  /** Day, month, year. */
  DMY,
  /** Month, day, year. */
  MDY
}
