package io.tandem.data.profile;

import java.util.List;
import java.util.Optional;

/**
 * The type, range and missing values of a column.
 *
 * @param name from the header, or made up
 * @param index from 0
 * @param kind what it is taken for
 * @param rows cells
 * @param missing cells that say that their value is missing
 * @param distinct different values, at most {@link #MOST_DISTINCT}
 * @param numbers cells that are numbers
 * @param whole whether all of these are whole
 * @param low smallest number; NaN without numbers
 * @param high largest number
 * @param mean of the numbers
 * @param frequent most frequent values, the first the most frequent
 * @param dates the dates among its values; empty if there are none
 * @param gap the only negative number in it, if it is one like -999 that is there more than once:
 *     it probably stands for a missing value
 */
public record ColumnProfile(
    String name,
    int index,
    Kind kind,
    long rows,
    long missing,
    int distinct,
    long numbers,
    boolean whole,
    double low,
    double high,
    double mean,
    List<Frequency> frequent,
    Optional<Dates> dates,
    Optional<Frequency> gap) {
  /** Values that are told apart. */
  public static final int MOST_DISTINCT = 100_000;

  private static final double IDENTIFIER = 0.9;
  private static final int FEW = 3;
  private static final int ONE_IN = 10;

  /** What a column can be. */
  public enum Kind {
    /** Numbers. */
    NUMBER,
    /** Dates, all of one form. */
    DATE,
    /** Two words such as true and false. */
    BOOLEAN,
    /** Texts that recur. */
    CATEGORY,
    /** Texts that hardly ever recur: left out by training. */
    IDENTIFIER,
    /** One value in all rows. */
    CONSTANT,
    /** No value in any row. */
    EMPTY
  }

  /**
   * A value and how often it is there.
   *
   * @param value as in the table
   * @param count rows
   */
  public record Frequency(String value, long count) {}

  /**
   * Dates in a column.
   *
   * @param count cells that are dates in the form that most are of
   * @param first the earliest of them
   * @param last the latest of them
   * @param unclear one whose day and month cannot be told apart, if that holds for all
   */
  public record Dates(long count, String first, String last, Optional<String> unclear) {}

  /** Copies the list. */
  public ColumnProfile {
    frequent = List.copyOf(frequent);
  }

  /** Cells that have a value. */
  public long present() {
    return rows - missing;
  }

  /** Share of the cells without a value. */
  public double missingShare() {
    return rows == 0 ? 0 : (double) missing / rows;
  }

  /**
   * What training takes a column for, as {@code data.table} decides it.
   *
   * @param present cells with a value
   * @param numbers those of them that are numbers
   * @param distinct different values
   * @param dates those of them that are dates in one form
   * @param truths whether all of them are words for true and false of one pair
   */
  static Kind kind(long present, long numbers, long distinct, long dates, boolean truths) {
    if (present == 0) {
      return Kind.EMPTY;
    }
    if (distinct == 1) {
      return Kind.CONSTANT;
    }
    long texts = present - numbers;
    if (texts > 1 && dates == present) {
      return Kind.DATE;
    }
    if (texts == present && truths) {
      return Kind.BOOLEAN;
    }
    boolean category = texts > 1 && texts == present || texts > FEW && ONE_IN * texts >= present;
    if (!category) {
      return Kind.NUMBER;
    }
    return distinct > 2 && distinct > IDENTIFIER * present ? Kind.IDENTIFIER : Kind.CATEGORY;
  }
}
