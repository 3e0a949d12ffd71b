package io.tandem.run;

import io.tandem.report.journal.Journal;
import io.tandem.report.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * Notes of this session for the journal. Those that come up while the journal is still being cut
 * back to a checkpoint wait until that is done.
 */
public final class SessionNotes {
  private final Journal journal;
  private final List<JournalEntry.Event> waiting = new ArrayList<>();
  private boolean begun;

  /**
   * Opens the notes of a session.
   *
   * @param journal the run's journal, just opened
   */
  public SessionNotes(Journal journal) {
    this.journal = journal;
    if (journal.recovery().cutBytes() > 0) {
      waiting.add(journal.recovery().event());
    }
  }

  /** Notes something, at once or as soon as the journal is where the session goes on. */
  public void add(String name, String text) {
    JournalEntry.Event event = new JournalEntry.Event(name, text);
    if (begun) {
      journal.append(event);
    } else {
      waiting.add(event);
    }
  }

  /** The journal is where the session goes on: writes what has waited. */
  public void begin() {
    begun = true;
    waiting.forEach(journal::append);
    waiting.clear();
  }
}
