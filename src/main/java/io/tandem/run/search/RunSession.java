package io.tandem.run.search;

import io.tandem.disk.Progress;
import io.tandem.disk.RunDirectory;
import io.tandem.report.journal.Journal;
import io.tandem.report.journal.TimeLimit;
import io.tandem.run.SessionNotes;
import io.tandem.run.task.ExperimentData;
import java.util.function.BooleanSupplier;

/**
 * What the phases of a run share while this process works on it.
 *
 * @param run where everything is written
 * @param data the experiment's data
 * @param journal the run's journal
 * @param notes notes of this session
 * @param progress shows people how far it is
 * @param interrupted whether to stop
 */
record RunSession(
    RunDirectory run,
    ExperimentData data,
    Journal journal,
    SessionNotes notes,
    Progress progress,
    BooleanSupplier interrupted) {
  /** Reports what a limit in seconds left out, and keeps the message in the journal. */
  void limited(String text) {
    TimeLimit.say(text, journal, progress);
  }

  /** Tells of something that went wrong without ending the run, and keeps it in the journal. */
  void warn(String text) {
    progress.message(text);
    notes.add("damaged_checkpoint", text);
  }
}
