/**
 * The journal of a run, one checked line per event, and the metrics of TensorBoard that follow it.
 *
 * <p>Comes in: {@link io.tandem.report.journal.JournalEntry}. Goes out: {@code journal.jsonl} and
 * event files, and their entries read back. Must not know: results and pictures.
 */
@NullMarked
package io.tandem.report.journal;

import org.jspecify.annotations.NullMarked;
