package io.tandem.graph.child;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * All networks of a space on one set of weights, with the one that is chosen when the graph runs.
 *
 * @param <T> type of reals
 */
public interface SharedChild<T extends TNumber> extends SharedWeights<T> {
  /**
   * Logits {@code [batch, outputs]} of the architecture as it predicts.
   *
   * @param active its weights, as cut out by {@link #corners} or moved by an inner loop
   * @param input standardised features {@code [batch, features]}
   */
  Operand<T> logits(List<Operand<T>> active, Operand<T> input);

  /**
   * What the architecture says as it trains.
   *
   * @param active its weights, as cut out by {@link #corners} or moved by an inner loop
   * @param input standardised features {@code [batch, features]}
   * @param noise what disturbs it
   */
  TrainingLogits<T> trainingLogits(
      List<Operand<T>> active, Operand<T> input, TrainingNoise<T> noise);

  /** Rows that are judged at once, at most: what they make must fit into memory. */
  int evaluationRows();
}
