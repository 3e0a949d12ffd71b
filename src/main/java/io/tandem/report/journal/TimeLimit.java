package io.tandem.report.journal;

import io.tandem.disk.Progress;

/**
 * What a limit in seconds left out of a run: a line for people and an event of the journal, once,
 * however often the run is resumed.
 */
public final class TimeLimit {
  /** The name of the event. */
  public static final String EVENT = "time_limit";

  /** The end of every sentence about something that ended sooner than planned. */
  public static final String REASON = ", as search.budget.seconds allows no more";

  private TimeLimit() {}

  /**
   * Says it, unless the journal has it already.
   *
   * @param text what was left out, with the amounts
   * @param journal of the run
   * @param progress shows it to people
   */
  public static void say(String text, Journal journal, Progress progress) {
    JournalEntry.Event event = new JournalEntry.Event(EVENT, text);
    if (!journal.entries().contains(event)) {
      progress.message(text);
      journal.append(event);
    }
  }
}
