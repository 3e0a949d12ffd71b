package io.tandem.column;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Inputs of a network made of a column of dates, learnt on the training part: the days since its
 * first moment, the year, and for each month, day of the week and hour that training rows have one
 * that is 1 there. The calendar is that of the text, whatever its offset from UTC. What is the same
 * in all training rows has no input.
 *
 * @param form in which the dates are written
 * @param first moment of the training part, milliseconds since 1970 in UTC
 * @param days median of the training part, which stands in where a date is missing
 * @param year median year, which stands in where a date is missing; empty if there is no input for
 *     the year
 * @param months with an input, from 1, in their order
 * @param weekdays with an input, from 1, a Monday, in their order
 * @param hours with an input, from 0, in their order
 * @param gaps whether an input says that the date is missing
 */
public record DateInputs(
    DateForm form,
    long first,
    float days,
    Optional<Integer> year,
    List<Integer> months,
    List<Integer> weekdays,
    List<Integer> hours,
    boolean gaps) {
  /** A date that is missing. */
  public static final long MISSING = Long.MIN_VALUE;

  /** One more than the largest month. */
  public static final int MONTHS = 13;

  /** One more than the largest day of the week. */
  public static final int WEEKDAYS = 8;

  /** One more than the largest hour. */
  public static final int HOURS = 24;

  // 1970-01-01 was a Thursday.
  private static final int FIRST_WEEKDAY = 3;

  /** Copies the lists and checks them. */
  public DateInputs {
    months = List.copyOf(months);
    weekdays = List.copyOf(weekdays);
    hours = List.copyOf(hours);
    if (!Float.isFinite(days)
        || !isOrdered(months, 1, MONTHS)
        || !isOrdered(weekdays, 1, WEEKDAYS)
        || !isOrdered(hours, 0, HOURS)) {
      throw new IllegalArgumentException("its inputs of dates are none of a calendar");
    }
  }

  private static boolean isOrdered(List<Integer> values, int low, int end) {
    int before = low - 1;
    for (int value : values) {
      if (value <= before || value >= end) {
        return false;
      }
      before = value;
    }
    return true;
  }

  /**
   * Learns them.
   *
   * @param form in which the dates are written
   * @param local for each row the milliseconds of {@link Moment#local}, or {@link #MISSING}; not
   *     all are missing
   * @param offsets for each row the minutes of {@link Moment#offset}
   */
  public static DateInputs of(DateForm form, long[] local, short[] offsets) {
    int[] present = new int[local.length];
    int count = 0;
    for (int row = 0; row < local.length; row++) {
      if (local[row] != MISSING) {
        present[count++] = row;
      }
    }
    int[] rows = Arrays.copyOf(present, count);
    long[] instants =
        Arrays.stream(rows)
            .mapToLong(row -> new Moment(local[row], offsets[row]).instant())
            .sorted()
            .toArray();
    int[] years = Arrays.stream(rows).map(row -> date(local[row]).getYear()).sorted().toArray();
    int middle = count / 2;
    double days =
        count % 2 == 1
            ? days(instants[middle], instants[0])
            : (days(instants[middle - 1], instants[0]) + days(instants[middle], instants[0])) / 2;
    return new DateInputs(
        form,
        instants[0],
        (float) days,
        years[0] == years[count - 1] ? Optional.empty() : Optional.of(years[middle]),
        several(Arrays.stream(rows).map(row -> month(local[row]))),
        several(Arrays.stream(rows).map(row -> weekday(local[row]))),
        several(Arrays.stream(rows).map(row -> hour(local[row]))),
        count < local.length);
  }

  /** The different values in their order; none if there is only one. */
  private static List<Integer> several(IntStream values) {
    List<Integer> different = values.distinct().sorted().boxed().toList();
    return different.size() == 1 ? List.of() : different;
  }

  private static LocalDate date(long local) {
    return LocalDate.ofEpochDay(Math.floorDiv(local, Moment.MILLIS_PER_DAY));
  }

  private static int month(long local) {
    return date(local).getMonthValue();
  }

  private static int weekday(long local) {
    long days = Math.floorDiv(local, Moment.MILLIS_PER_DAY);
    return 1 + (int) Math.floorMod(days + FIRST_WEEKDAY, 7L);
  }

  private static int hour(long local) {
    return (int) (Math.floorMod(local, Moment.MILLIS_PER_DAY) / Moment.MILLIS_PER_HOUR);
  }

  private static double days(long instant, long first) {
    return (double) (instant - first) / Moment.MILLIS_PER_DAY;
  }

  /** Number of inputs. */
  public int width() {
    return numbers() + months.size() + weekdays.size() + hours.size() + (gaps ? 1 : 0);
  }

  /** Inputs at the beginning that are numbers of any size; the others are 0 or 1. */
  public int numbers() {
    return year.isPresent() ? 2 : 1;
  }

  /**
   * Names of the inputs.
   *
   * @param name of the column
   */
  public List<String> names(String name) {
    List<String> names = new ArrayList<>(List.of(name + " days"));
    if (year.isPresent()) {
      names.add(name + " year");
    }
    months.forEach(
        month ->
            names.add(name + " " + Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
    weekdays.forEach(
        day ->
            names.add(
                name + " " + DayOfWeek.of(day).getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
    hours.forEach(hour -> names.add(name + " hour " + hour));
    if (gaps) {
      names.add(name + " missing");
    }
    return names;
  }

  /**
   * Writes the inputs of a row.
   *
   * @param local milliseconds of {@link Moment#local}, or {@link #MISSING}
   * @param offset minutes of {@link Moment#offset}
   * @param inputs all 0 so far
   * @param begin place of the first input
   */
  public void encode(long local, short offset, float[] inputs, int begin) {
    boolean missing = local == MISSING;
    inputs[begin] = missing ? days : (float) days(new Moment(local, offset).instant(), first);
    if (year.isPresent()) {
      inputs[begin + 1] = missing ? year.get() : date(local).getYear();
    }
    int place = begin + numbers();
    if (missing) {
      if (gaps) {
        inputs[begin + width() - 1] = 1;
      }
      return;
    }
    mark(months, months.isEmpty() ? 0 : month(local), inputs, place);
    place += months.size();
    mark(weekdays, weekday(local), inputs, place);
    place += weekdays.size();
    mark(hours, hour(local), inputs, place);
  }

  private static void mark(List<Integer> known, int value, float[] inputs, int place) {
    int found = known.indexOf(value);
    if (found >= 0) {
      inputs[place + found] = 1;
    }
  }
}
