package io.tandem.graph.inner;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
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
   * @param step 0 for the first step; selects the batch
   * @return scalar
   */
  Operand<T> trainingLoss(Ops tf, List<Operand<T>> weights, int step);

  /**
   * The loss that judges weights.
   *
   * @param tf where it is added
   * @param weights weights, in the order of the start
   * @return scalar
   */
  Operand<T> validationLoss(Ops tf, List<Operand<T>> weights);
}
