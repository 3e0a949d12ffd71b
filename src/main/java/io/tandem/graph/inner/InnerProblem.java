package io.tandem.graph.inner;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * What an inner loop trains and an outer loop judges: two losses as functions of the same weights.
 *
 * @param <T> float32 or float64
 */
public interface InnerProblem<T extends TNumber> {
  /**
   * The loss that a training step descends.
   *
   * @param tf where it is added
   * @param weights weights before the step, in the order of the start
   * @param step scalar, 0 for the first step; selects the batch. An unrolled loop passes constants,
   *     a loop outside the graph a tensor that it feeds
   * @return scalar
   */
  Operand<T> trainingLoss(Ops tf, List<Operand<T>> weights, Operand<TInt32> step);

  /**
   * The loss that judges weights.
   *
   * @param tf where it is added
   * @param weights weights, in the order of the start
   * @return scalar
   */
  Operand<T> validationLoss(Ops tf, List<Operand<T>> weights);
}
