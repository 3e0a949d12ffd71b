package io.tandem.export.signature;

import io.tandem.column.DateForm;
import io.tandem.column.DateInputs;
import io.tandem.data.TableEncoding;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * The inputs that {@link DateInputs} makes of a date, as operations on its text: plain ones, which
 * every TensorFlow has. Days are counted as {@code days_from_civil} does (Hinnant 2013), in 64-bit
 * integers, because a moment in 32 bits would lose the minutes.
 */
final class DateOps {
  private static final long DAYS_TO_1970 = 719_468;
  private static final long DAYS_OF_ERA = 146_097;
  private static final long YEARS_OF_ERA = 400;
  private static final long MILLIS_PER_MINUTE = 60_000;
  private static final long MINUTES_PER_DAY = 1_440;
  private static final String FRACTION_PADDING = "000";
  private static final int GROUPS = 9;

  // No day in the months 0 and 13, the second of which stands for all that are later.
  private static final long[] LENGTHS = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0};

  private final Ops tf;
  private final DateInputs how;
  private final Operand<TString> text;
  private final Operand<TString> numbers;
  private final Operand<TBool> missing;
  private final Operand<TInt64> year;
  private final Operand<TInt64> month;
  private final Operand<TInt64> hour;
  private final Operand<TInt64> days;
  private final Operand<TInt64> instant;

  /** The numbers of a text; those of an example where it is no date. */
  private DateOps(Ops tf, TableEncoding.Dates how, Operand<TString> given, Operand<TBool> mark) {
    this.tf = tf;
    this.how = how.inputs();
    DateForm form = this.how.form();
    Operand<TBool> known = tf.strings.regexFullMatch(given, tf.constant(form.pattern()));
    this.text = tf.select(known, given, tf.fill(tf.shape(given), tf.constant(form.example())));
    this.numbers = numbers();
    year = number(0);
    month = number(1);
    hour = number(3);
    Operand<TInt64> day = number(2);
    Operand<TBool> exists =
        tf.math.logicalAnd(
            tf.math.greaterEqual(day, tf.constant(1L)), tf.math.lessEqual(day, monthLength()));
    missing = tf.math.logicalOr(mark, not(tf.math.logicalAnd(known, exists)));
    days = daysTo(day);
    Operand<TInt64> minutes =
        sum(times(days, MINUTES_PER_DAY), times(hour, 60), number(4), tf.math.neg(offset()));
    instant = sum(times(minutes, MILLIS_PER_MINUTE), times(number(5), 1000), fraction());
  }

  /**
   * Adds the inputs.
   *
   * @param tf where they are added
   * @param how what is made of a date
   * @param text {@code [batch]}, without spaces around it
   * @param mark whether a text stands for a missing value, {@code [batch]}
   * @return {@code [batch, width]}
   */
  static Operand<TFloat32> inputs(
      Ops tf, TableEncoding.Dates how, Operand<TString> text, Operand<TBool> mark) {
    return new DateOps(tf, how, text, mark).inputs();
  }

  private Operand<TFloat32> inputs() {
    List<Operand<TFloat32>> inputs = new ArrayList<>();
    Operand<TFloat64> millis =
        tf.dtypes.cast(tf.math.sub(instant, tf.constant(how.first())), TFloat64.class);
    Operand<TFloat64> elapsed =
        tf.math.div(millis, tf.constant((double) MINUTES_PER_DAY * MILLIS_PER_MINUTE));
    inputs.add(column(filled(tf.dtypes.cast(elapsed, TFloat32.class), how.days())));
    how.year()
        .ifPresent(
            usual -> inputs.add(column(filled(tf.dtypes.cast(year, TFloat32.class), usual))));
    addMarks(how.months(), DateInputs.MONTHS, month, inputs);
    // 1970-01-01 was a Thursday.
    Operand<TInt64> weekday =
        tf.math.add(modulo(tf.math.add(days, tf.constant(3L)), 7), tf.constant(1L));
    addMarks(how.weekdays(), DateInputs.WEEKDAYS, weekday, inputs);
    addMarks(how.hours(), DateInputs.HOURS, hour, inputs);
    if (how.gaps()) {
      inputs.add(column(tf.dtypes.cast(missing, TFloat32.class)));
    }
    return inputs.size() == 1 ? inputs.get(0) : tf.concat(inputs, tf.constant(1));
  }

  /**
   * The groups of digits in the text, {@code [batch, GROUPS]}. All are found at once, because to
   * look for each by itself takes most of the time of an answer.
   */
  private Operand<TString> numbers() {
    DateForm form = how.form();
    StringBuilder rewrite = new StringBuilder();
    for (int group :
        new int[] {
          form.year(),
          form.month(),
          form.day(),
          DateForm.HOUR,
          DateForm.MINUTE,
          DateForm.SECOND,
          DateForm.OFFSET_HOURS,
          DateForm.OFFSET_MINUTES
        }) {
      rewrite.append("0\\").append(group).append(' ');
    }
    rewrite.append('\\').append(DateForm.FRACTION).append(FRACTION_PADDING);
    Operand<TString> found =
        tf.strings.regexReplace(text, tf.constant(form.pattern()), tf.constant(rewrite.toString()));
    return tf.reshape(
        tf.strings.stringSplit(found, tf.constant(" ")).values(),
        tf.constant(new int[] {-1, GROUPS}));
  }

  private Operand<TString> group(int group) {
    return tf.gather(numbers, tf.constant(group), tf.constant(1));
  }

  private Operand<TInt64> number(int group) {
    return toNumber(group(group));
  }

  /** Milliseconds. */
  private Operand<TInt64> fraction() {
    return toNumber(
        tf.strings.substr(
            group(GROUPS - 1), tf.constant(0), tf.constant(FRACTION_PADDING.length())));
  }

  private Operand<TInt64> toNumber(Operand<TString> digits) {
    return tf.strings.toNumber(digits, TInt64.class);
  }

  /** Minutes ahead of UTC. */
  private Operand<TInt64> offset() {
    Operand<TInt64> ahead = sum(times(number(6), 60), number(7));
    return tf.select(
        tf.strings.regexFullMatch(text, tf.constant(DateForm.BEHIND_UTC)),
        tf.math.neg(ahead),
        ahead);
  }

  private Operand<TInt64> monthLength() {
    Operand<TInt64> place = tf.math.minimum(month, tf.constant(LENGTHS.length - 1L));
    Operand<TInt64> usual = tf.gather(tf.constant(LENGTHS), place, tf.constant(0));
    Operand<TInt64> leap =
        sum(isMultiple(4), tf.math.neg(isMultiple(100)), isMultiple(YEARS_OF_ERA));
    return tf.math.add(usual, tf.math.mul(leap, whole(tf.math.equal(month, tf.constant(2L)))));
  }

  /** 1 where the year is a multiple, 0 elsewhere. */
  private Operand<TInt64> isMultiple(long factor) {
    return whole(tf.math.equal(modulo(year, factor), tf.constant(0L)));
  }

  /** Days since 1970; years begin with March, so that the leap day is the last. */
  private Operand<TInt64> daysTo(Operand<TInt64> day) {
    Operand<TInt64> early = whole(tf.math.lessEqual(month, tf.constant(2L)));
    Operand<TInt64> marchYear = tf.math.sub(year, early);
    Operand<TInt64> era = tf.math.floorDiv(marchYear, tf.constant(YEARS_OF_ERA));
    Operand<TInt64> yearOfEra = tf.math.sub(marchYear, times(era, YEARS_OF_ERA));
    Operand<TInt64> monthFromMarch = sum(month, times(early, 12), tf.constant(-3L));
    Operand<TInt64> dayOfYear =
        sum(
            tf.math.floorDiv(
                tf.math.add(times(monthFromMarch, 153), tf.constant(2L)), tf.constant(5L)),
            day,
            tf.constant(-1L));
    return sum(
        times(era, DAYS_OF_ERA),
        times(yearOfEra, 365),
        tf.math.floorDiv(yearOfEra, tf.constant(4L)),
        tf.math.neg(tf.math.floorDiv(yearOfEra, tf.constant(100L))),
        dayOfYear,
        tf.constant(-DAYS_TO_1970));
  }

  @SafeVarargs
  private Operand<TInt64> sum(Operand<TInt64> first, Operand<TInt64>... others) {
    Operand<TInt64> sum = first;
    for (Operand<TInt64> other : others) {
      sum = tf.math.add(sum, other);
    }
    return sum;
  }

  private Operand<TInt64> times(Operand<TInt64> number, long factor) {
    return tf.math.mul(number, tf.constant(factor));
  }

  private Operand<TInt64> modulo(Operand<TInt64> number, long divisor) {
    return tf.math.sub(number, times(tf.math.floorDiv(number, tf.constant(divisor)), divisor));
  }

  private Operand<TInt64> whole(Operand<TBool> truth) {
    return tf.dtypes.cast(truth, TInt64.class);
  }

  private Operand<TBool> not(Operand<TBool> truth) {
    return tf.math.equal(tf.dtypes.cast(truth, TInt32.class), tf.constant(0));
  }

  private Operand<TFloat32> filled(Operand<TFloat32> values, float usual) {
    return tf.select(missing, same(values, tf.constant(usual)), values);
  }

  private <T extends TType> Operand<T> same(Operand<T> values, Operand<T> value) {
    return tf.fill(tf.shape(values), value);
  }

  private Operand<TFloat32> column(Operand<TFloat32> values) {
    return tf.expandDims(values, tf.constant(1));
  }

  /** An input for each known value, all 0 for others, and where the date is missing. */
  private void addMarks(
      List<Integer> known, int end, Operand<TInt64> value, List<Operand<TFloat32>> inputs) {
    if (known.isEmpty()) {
      return;
    }
    float[][] table = new float[end + 1][known.size()];
    for (int place = 0; place < known.size(); place++) {
      table[known.get(place)][place] = 1;
    }
    inputs.add(
        tf.gather(
            tf.constant(StdArrays.ndCopyOf(table)),
            tf.select(missing, same(value, tf.constant((long) end)), value),
            tf.constant(0)));
  }
}
