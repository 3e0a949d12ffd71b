package io.tandem.retrain;

import io.tandem.graph.training.Score;
import io.tandem.report.EarlyEnd;
import io.tandem.space.Candidate;
import java.util.List;

/**
 * A network trained from scratch.
 *
 * @param <N> what is needed to apply it: {@link io.tandem.graph.child.TrainedNetwork} of rows,
 *     {@link io.tandem.graph.child.text.TrainedLanguageModel} of words
 * @param candidate what was trained and how
 * @param network the trained network with what belongs to it
 * @param training score on the training part, or an even sample of a large one, without dropout,
 *     noise or smoothing
 * @param validation score on the validation part; not measured if it was trained on
 * @param examples training examples seen, of a language model words
 * @param dropped steps dropped because a number was not finite
 * @param stopped whether the hooks stopped it before its end
 * @param earlyEnds of the networks whose training ended before its planned length because the
 *     validation loss was no lower
 */
public record RetrainedModel<N>(
    Candidate candidate,
    N network,
    Score training,
    Score validation,
    long examples,
    long dropped,
    boolean stopped,
    List<EarlyEnd> earlyEnds) {
  /** Copies the list. */
  public RetrainedModel {
    earlyEnds = List.copyOf(earlyEnds);
  }

  /** Whether no step could be taken for long, so that the weights mean nothing. */
  public boolean diverged() {
    return !Double.isFinite(training.loss());
  }
}
