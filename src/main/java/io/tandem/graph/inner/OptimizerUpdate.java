package io.tandem.graph.inner;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** One training step as a differentiable function of weights, gradients and settings. */
public interface OptimizerUpdate {
  /**
   * Adds the step.
   *
   * @param tf where it is added
   * @param optimizer settings
   * @param state before the step
   * @param gradients derivative of the training loss by every weight
   * @return after the step, one more step counted; slots that the rule does not use are unchanged
   */
  <T extends TNumber> InnerState<T> apply(
      Ops tf, OptimizerTensors<T> optimizer, InnerState<T> state, List<Operand<T>> gradients);
}
