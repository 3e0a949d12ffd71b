package io.tandem.search;

import io.tandem.graph.joint.PolicyFeedback;
import io.tandem.report.JournalEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a controller step learned from its samples.
 *
 * @param feedback coefficients of the controller's surrogate
 * @param before minus the mean reward with the shared weights
 * @param after minus the mean reward after training
 * @param accuracy mean validation accuracy after training, 0..1
 * @param solved how the linear systems of the samples were solved; null where there are none
 * @param dropped one line for every sample that diverged
 */
record Lesson(
    PolicyFeedback feedback,
    double before,
    double after,
    double accuracy,
    JournalEntry.@Nullable Solved solved,
    List<JournalEntry> dropped) {
  /** Copies the list. */
  Lesson {
    dropped = List.copyOf(dropped);
  }
}
