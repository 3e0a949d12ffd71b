package io.tandem.retrain;

import io.tandem.metric.Metric;
import io.tandem.space.OptimizerSettings;
import java.util.Optional;

/**
 * Training of the winner from scratch.
 *
 * @param examples length in training examples, of language models in words, repeats counted; 0
 *     follows the size of the data
 * @param batch rows of a batch, of language models windows, positive
 * @param withValidation whether the validation part is trained on as well
 * @param keepBest whether the weights after the epoch with the lowest validation loss are kept; not
 *     where the validation part is trained on
 * @param checkpointEvery training steps between two checkpoints, positive
 * @param ensemble networks that are trained and answer together; 1 for language models; 0 follows
 *     the size of the data
 * @param threshold metric for which a threshold between two classes is chosen on the validation
 *     part; empty if the most probable class is the answer, and where that part is trained on
 * @param patience epochs without a lower validation loss after which the training ends; 0 if it
 *     goes on to its end
 */
public record RetrainSettings(
    long examples,
    int batch,
    boolean withValidation,
    boolean keepBest,
    int checkpointEvery,
    int ensemble,
    Optional<Metric> threshold,
    int patience) {
  /** Whose answer is the most probable class, or numbers. */
  public RetrainSettings(
      long examples,
      int batch,
      boolean withValidation,
      boolean keepBest,
      int checkpointEvery,
      int ensemble) {
    this(examples, batch, withValidation, keepBest, checkpointEvery, ensemble, Optional.empty(), 0);
  }

  /** Of a single network. */
  public RetrainSettings(
      long examples, int batch, boolean withValidation, boolean keepBest, int checkpointEvery) {
    this(examples, batch, withValidation, keepBest, checkpointEvery, 1);
  }

  /** Checks the ranges. */
  public RetrainSettings {
    if (examples < 0 || batch < 1 || checkpointEvery < 1 || ensemble < 0) {
      throw new IllegalArgumentException("batch and checkpointEvery must be positive");
    }
    if (patience < 0 || patience > 0 && !keepBest) {
      throw new IllegalArgumentException("patience " + patience);
    }
    if (keepBest && withValidation) {
      throw new IllegalArgumentException("what is trained on cannot tell which epoch is best");
    }
    if (threshold.isPresent() && withValidation) {
      throw new IllegalArgumentException("what is trained on cannot tell which threshold is best");
    }
  }

  /** The same with the batch that an optimizer has chosen, if it has. */
  public RetrainSettings of(OptimizerSettings optimizer) {
    return withBatch(optimizer.batch().orElse(batch));
  }

  /** The same with another batch. */
  public RetrainSettings withBatch(int rows) {
    return new RetrainSettings(
        examples, rows, withValidation, keepBest, checkpointEvery, ensemble, threshold, patience);
  }

  /** The same with another length. */
  public RetrainSettings withExamples(long length) {
    return new RetrainSettings(
        length, batch, withValidation, keepBest, checkpointEvery, ensemble, threshold, patience);
  }

  /** The same, ending after so many epochs without a lower validation loss. */
  public RetrainSettings withPatience(int epochs) {
    return new RetrainSettings(
        examples, batch, withValidation, keepBest, checkpointEvery, ensemble, threshold, epochs);
  }

  /** The same with another number of networks. */
  public RetrainSettings withEnsemble(int networks) {
    return new RetrainSettings(
        examples, batch, withValidation, keepBest, checkpointEvery, networks, threshold, patience);
  }

  /** Length of the training of all networks, in examples. */
  public long allExamples() {
    return Math.multiplyExact(examples, (long) ensemble);
  }

  /**
   * Training steps of the training of one network, a batch of examples each; the last may go beyond
   * {@code examples}. Of a language model see {@link LanguageRetrainer#steps}.
   *
   * @throws IllegalStateException if the length follows data that are not known yet
   */
  public long steps() {
    if (examples == 0) {
      throw new IllegalStateException("the length follows the data");
    }
    return Math.floorDiv(examples - 1, batch) + 1;
  }
}
