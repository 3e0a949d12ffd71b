package io.tandem.column;

import java.time.LocalDate;

/**
 * A form in which dates are written. A time of day may follow each, after a space or a {@code T}:
 * hours and minutes, perhaps seconds, perhaps a fraction of them, and perhaps an offset from UTC.
 */
public enum DateForm {
  /** 2026-01-31, or 2026-1-31. */
  YEAR_DASH("2026-01-31", '-'),
  /** 2026/01/31, or 2026/1/31. */
  YEAR_SLASH("2026/01/31", '/'),
  /** 31.01.2026, or 31.1.2026. */
  DAY_DOT("31.01.2026", '.'),
  /** 31/01/2026, or 31/1/2026. */
  DAY_SLASH("31/01/2026", '/'),
  /** 01/31/2026, or 1/31/2026. */
  MONTH_SLASH("01/31/2026", '/');

  /** Group of the hour in {@link #pattern}. */
  public static final int HOUR = 4;

  /** Group of the minute. */
  public static final int MINUTE = 5;

  /** Group of the second. */
  public static final int SECOND = 6;

  /** Group of the first three digits of the fraction of a second. */
  public static final int FRACTION = 7;

  /** Group of the offset's hours, without the sign. */
  public static final int OFFSET_HOURS = 8;

  /** Group of the offset's minutes. */
  public static final int OFFSET_MINUTES = 9;

  /** Regular expression of a text of any form whose offset is below zero. */
  public static final String BEHIND_UTC = "^.*:.*-.*$";

  private static final String YEAR = "([0-9]{4})";
  private static final String ONE_OR_TWO = "([0-9]{1,2})";
  private static final String TIME =
      "(?:(?:[Tt]| +)([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:[.]([0-9]{1,3})[0-9]*)?)?"
          + "(?: *(?:[Zz]|UTC|[+-](0[0-9]|1[0-7]):?([0-5][0-9])?))?)?";

  private final String example;
  private final char separator;

  DateForm(String example, char separator) {
    this.example = example;
    this.separator = separator;
  }

  /** A date of this form. */
  public String example() {
    return example;
  }

  /** Character between day, month and year. */
  char separator() {
    return separator;
  }

  /** Returns true if the year stands first. */
  boolean yearFirst() {
    return this == YEAR_DASH || this == YEAR_SLASH;
  }

  /** Group of the year in {@link #pattern}, from 1. */
  public int year() {
    return yearFirst() ? 1 : 3;
  }

  /** Group of the month. */
  public int month() {
    return this == MONTH_SLASH ? 1 : 2;
  }

  /** Group of the day. */
  public int day() {
    return yearFirst() ? 3 : this == MONTH_SLASH ? 2 : 1;
  }

  /**
   * The regular expression of a text of this form, with nothing around it: for Java and for RE2. It
   * takes days that a month does not have.
   */
  public String pattern() {
    String between = "[" + separator + "]";
    String date =
        yearFirst()
            ? YEAR + between + ONE_OR_TWO + between + ONE_OR_TWO
            : ONE_OR_TWO + between + ONE_OR_TWO + between + YEAR;
    return "^" + date + TIME + "$";
  }

  /** The shortest text of this form that is read as a moment. */
  public String text(Moment moment) {
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(moment.local(), Moment.MILLIS_PER_DAY));
    StringBuilder text = new StringBuilder();
    if (yearFirst()) {
      pad(text, date.getYear(), 4).append(separator);
      pad(text, date.getMonthValue(), 2).append(separator);
      pad(text, date.getDayOfMonth(), 2);
    } else {
      pad(text, this == MONTH_SLASH ? date.getMonthValue() : date.getDayOfMonth(), 2);
      text.append(separator);
      pad(text, this == MONTH_SLASH ? date.getDayOfMonth() : date.getMonthValue(), 2);
      pad(text.append(separator), date.getYear(), 4);
    }
    long millis = Math.floorMod(moment.local(), Moment.MILLIS_PER_DAY);
    if (millis != 0 || moment.offset() != 0) {
      addTime(text.append(yearFirst() ? 'T' : ' '), millis);
    }
    if (moment.offset() != 0) {
      int minutes = Math.abs(moment.offset());
      pad(text.append(moment.offset() < 0 ? '-' : '+'), minutes / 60, 2);
      pad(text.append(':'), minutes % 60, 2);
    }
    return text.toString();
  }

  private static void addTime(StringBuilder text, long millisOfDay) {
    pad(text, millisOfDay / Moment.MILLIS_PER_HOUR, 2);
    pad(text.append(':'), millisOfDay / Moment.MILLIS_PER_MINUTE % 60, 2);
    if (millisOfDay % Moment.MILLIS_PER_MINUTE != 0) {
      pad(text.append(':'), millisOfDay / 1000 % 60, 2);
    }
    if (millisOfDay % 1000 != 0) {
      pad(text.append('.'), millisOfDay % 1000, 3);
    }
  }

  /** Formatter of the library would take most of the time of a prediction. */
  private static StringBuilder pad(StringBuilder text, long value, int digits) {
    String written = Long.toString(value);
    return text.append("0".repeat(Math.max(0, digits - written.length()))).append(written);
  }
}
