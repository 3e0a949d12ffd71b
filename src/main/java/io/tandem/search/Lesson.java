package io.tandem.search;

import io.tandem.graph.joint.policy.PolicyFeedback;
import io.tandem.report.journal.JournalEntry;
import java.util.List;

/**
 * What a controller step learned from its samples.
 *
 * @param feedback coefficients of the controller's surrogate
 * @param before minus the mean reward with the shared weights
 * @param after minus the mean reward after training
 * @param accuracy mean validation accuracy after training, 0..1
 * @param dropped one line for every sample that diverged
 */
record Lesson(
    PolicyFeedback feedback,
    double before,
    double after,
    double accuracy,
    List<JournalEntry> dropped) {
  /** Copies the list. */
  Lesson {
    dropped = List.copyOf(dropped);
  }
}
