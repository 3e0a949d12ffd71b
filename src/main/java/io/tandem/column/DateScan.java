package io.tandem.column;

import java.util.Optional;

/** Counts the dates of a column in each form that they can be of. */
public final class DateScan {
  private static final DateForm[] FORMS = DateForm.values();

  private final long[] counts = new long[FORMS.length];
  private final Moment[] first = new Moment[FORMS.length];
  private final Moment[] last = new Moment[FORMS.length];
  private Optional<String> unclear = Optional.empty();
  private long dates;

  /**
   * Counts a text.
   *
   * @return whether it is a date in some form
   */
  public boolean add(String text) {
    return add(text, 1);
  }

  /**
   * Counts a text that occurs several times.
   *
   * @param text the text
   * @param times how often, at least once
   * @return whether it is a date in some form
   */
  public boolean add(String text, long times) {
    Optional<DateText> read = DateText.of(text);
    if (read.isEmpty()) {
      return false;
    }
    boolean any = false;
    for (DateForm form : FORMS) {
      Optional<Moment> moment = read.get().as(form);
      if (moment.isPresent()) {
        add(form.ordinal(), moment.get(), times);
        any = true;
      }
    }
    if (any && unclear.isEmpty() && read.get().isUnclear()) {
      unclear = Optional.of(text);
    }
    dates += any ? times : 0;
    return any;
  }

  private void add(int form, Moment moment, long times) {
    if (counts[form] == 0 || moment.instant() < first[form].instant()) {
      first[form] = moment;
    }
    if (counts[form] == 0 || moment.instant() > last[form].instant()) {
      last[form] = moment;
    }
    counts[form] += times;
  }

  /**
   * The earliest date of a form, written in it.
   *
   * @param form that some date is of
   */
  public String first(DateForm form) {
    return form.text(first[form.ordinal()]);
  }

  /**
   * The latest date of a form, written in it.
   *
   * @param form that some date is of
   */
  public String last(DateForm form) {
    return form.text(last[form.ordinal()]);
  }

  /** Texts that are dates in some form. */
  public long dates() {
    return dates;
  }

  /** Texts that are dates in the form that most are of. */
  public long most() {
    return counts[form(DateOrder.AS_FOUND).ordinal()];
  }

  /**
   * A text whose day and month cannot be told apart, if that holds for all texts; empty if some
   * text shows the order, or it does not matter.
   */
  public Optional<String> unclear() {
    long day = counts[DateForm.DAY_SLASH.ordinal()];
    boolean all = day == most() && day == counts[DateForm.MONTH_SLASH.ordinal()];
    return all ? unclear : Optional.empty();
  }

  /**
   * The form that most of the texts are of.
   *
   * @param order decides where day and month can be read both ways; the day is first if it does not
   *     say either
   */
  public DateForm form(DateOrder order) {
    DateForm best = order == DateOrder.MDY ? DateForm.MONTH_SLASH : DateForm.DAY_SLASH;
    for (DateForm form : FORMS) {
      best = counts[form.ordinal()] > counts[best.ordinal()] ? form : best;
    }
    return best;
  }
}
