package io.tandem.disk;

import java.util.Locale;

/** How long something takes, for people. */
public final class DurationText {
  /** Seconds from which on a run says how long it will take. */
  public static final double WORTH_SAYING = 600;

  private DurationText() {}

  /**
   * Days, hours and minutes, the two largest of them; a minute at least.
   *
   * @param seconds not negative
   */
  public static String of(double seconds) {
    long minutes = Math.max(1, Math.round(seconds / 60));
    long hours = minutes / 60;
    long days = hours / 24;
    if (days > 0) {
      return String.format(Locale.ROOT, "%d d %d h", days, hours % 24);
    }
    return hours > 0
        ? String.format(Locale.ROOT, "%d h %d min", hours, minutes % 60)
        : String.format(Locale.ROOT, "%d min", minutes);
  }

  /**
   * Whole seconds; one at least.
   *
   * @param seconds not negative
   */
  public static String inSeconds(double seconds) {
    return Math.max(1, Math.round(seconds)) + " s";
  }
}
