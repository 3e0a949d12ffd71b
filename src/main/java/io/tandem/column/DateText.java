package io.tandem.column;

import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.Optional;

/**
 * A date, and perhaps a time, read off a text, before it is known which of its numbers is the day.
 * Takes exactly what {@link DateForm#pattern} takes, without a regular expression, as tables have
 * millions of cells.
 *
 * @param separator character between the three numbers
 * @param first number
 * @param second number
 * @param third number
 * @param yearFirst whether the first is the year; otherwise the third is
 * @param time milliseconds since midnight
 * @param offset minutes by which the zone is ahead of UTC
 */
public record DateText(
    char separator, int first, int second, int third, boolean yearFirst, long time, int offset) {
  private static final int SHORTEST = 8;
  private static final int MOST_DIGITS = 4;

  /** The numbers of a text; empty if it is no date in any form. */
  public static Optional<DateText> of(String text) {
    // Most texts are none: they are told apart by their first characters.
    if (text.length() < SHORTEST || digit(text.charAt(0)) < 0) {
      return Optional.empty();
    }
    return new Scan(text).date();
  }

  /**
   * The moment in a form.
   *
   * @return empty if the text is not of this form, or there is no such day
   */
  public Optional<Moment> as(DateForm form) {
    if (form.separator() != separator || form.yearFirst() != yearFirst) {
      return Optional.empty();
    }
    int[] numbers = {first, second, third};
    int year = numbers[form.year() - 1];
    int month = numbers[form.month() - 1];
    int day = numbers[form.day() - 1];
    if (month < 1
        || month > Month.values().length
        || day < 1
        || day > Month.of(month).length(Year.isLeap(year))) {
      return Optional.empty();
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    return Optional.of(new Moment(days * Moment.MILLIS_PER_DAY + time, offset));
  }

  /** Returns true if it is one date with the day first and another one with the month first. */
  public boolean isUnclear() {
    Optional<Moment> day = as(DateForm.DAY_SLASH);
    Optional<Moment> month = as(DateForm.MONTH_SLASH);
    return day.isPresent() && month.isPresent() && !day.equals(month);
  }

  private static int digit(char symbol) {
    return symbol >= '0' && symbol <= '9' ? symbol - '0' : -1;
  }

  /** A place in a text that moves to its end. */
  private static final class Scan {
    private final String text;
    private int place;
    private long time;
    private int offset;

    Scan(String text) {
      this.text = text;
    }

    Optional<DateText> date() {
      int first = number();
      boolean yearFirst = place == MOST_DIGITS;
      char separator = symbol();
      boolean known = separator == '-' || separator == '/' || separator == '.' && !yearFirst;
      if (!known || separator == '-' && !yearFirst || !yearFirst && place > 2) {
        return Optional.empty();
      }
      place++;
      int second = shortNumber();
      if (second < 0 || symbol() != separator) {
        return Optional.empty();
      }
      place++;
      int begin = place;
      int third = yearFirst ? shortNumber() : number();
      if (third < 0 || !yearFirst && place - begin != MOST_DIGITS || !atEnd() && !readsTime()) {
        return Optional.empty();
      }
      return Optional.of(new DateText(separator, first, second, third, yearFirst, time, offset));
    }

    private boolean atEnd() {
      return place == text.length();
    }

    /** The character here, 0 at the end. */
    private char symbol() {
      return atEnd() ? 0 : text.charAt(place);
    }

    /** A number of up to four digits; -1 if there is none. */
    private int number() {
      int begin = place;
      int value = 0;
      while (place - begin < MOST_DIGITS && digit(symbol()) >= 0) {
        value = 10 * value + digit(symbol());
        place++;
      }
      return place == begin ? -1 : value;
    }

    /** A number of one or two digits; -1 if there is none. */
    private int shortNumber() {
      int begin = place;
      int value = number();
      return place - begin <= 2 ? value : -1;
    }

    /** A number of two digits below a limit; -1 if there is none. */
    private int pair(int limit) {
      int begin = place;
      int value = 0;
      while (place - begin < 2) {
        int digit = digit(symbol());
        if (digit < 0) {
          return -1;
        }
        value = 10 * value + digit;
        place++;
      }
      return value < limit ? value : -1;
    }

    private boolean skipSpaces() {
      int begin = place;
      while (symbol() == ' ') {
        place++;
      }
      return place > begin;
    }

    private boolean readsTime() {
      if (symbol() == 'T' || symbol() == 't') {
        place++;
      } else if (!skipSpaces()) {
        return false;
      }
      int hour = shortNumber();
      if (hour < 0 || hour > 23 || symbol() != ':') {
        return false;
      }
      place++;
      int minute = pair(60);
      if (minute < 0) {
        return false;
      }
      time = hour * Moment.MILLIS_PER_HOUR + minute * Moment.MILLIS_PER_MINUTE;
      if (symbol() == ':') {
        place++;
        int second = pair(60);
        if (second < 0) {
          return false;
        }
        time += 1000L * second;
        if (symbol() == '.' && !readsFraction()) {
          return false;
        }
      }
      return atEnd() || readsZone();
    }

    private boolean readsFraction() {
      place++;
      if (digit(symbol()) < 0) {
        return false;
      }
      for (int unit = 100; digit(symbol()) >= 0; unit /= 10) {
        time += (long) unit * digit(symbol());
        place++;
      }
      return true;
    }

    private boolean readsZone() {
      skipSpaces();
      if (symbol() == 'Z' || symbol() == 'z') {
        place++;
        return atEnd();
      }
      if (text.startsWith("UTC", place)) {
        place += 3;
        return atEnd();
      }
      if (symbol() != '+' && symbol() != '-') {
        return false;
      }
      int sign = symbol() == '-' ? -1 : 1;
      place++;
      int hours = pair(18);
      if (hours < 0) {
        return false;
      }
      int minutes = 0;
      if (!atEnd()) {
        place += symbol() == ':' ? 1 : 0;
        minutes = pair(60);
      }
      offset = sign * (60 * hours + minutes);
      return minutes >= 0 && atEnd();
    }
  }
}
