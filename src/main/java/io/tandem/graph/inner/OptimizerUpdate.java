package io.tandem.graph.inner;

import io.tandem.space.Hyperparameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /**
   * What is 0 where training has come to rest: the left side {@code F(w, h)} of the stationarity
   * condition, scaled so that its derivative by the weights is symmetric. Usually the gradient with
   * the pull of the weight decay. Clipping does not matter there, nor do learning rate, momentum
   * and the constants of the moments.
   *
   * @param tf where it is added
   * @param optimizer settings
   * @param weights weights
   * @param gradients derivative of the training loss by every weight
   * @return one tensor per weight, in its shape
   */
  default <T extends TNumber> List<Operand<T>> stationarity(
      Ops tf, OptimizerTensors<T> optimizer, List<Operand<T>> weights, List<Operand<T>> gradients) {
    List<Operand<T>> conditions = new ArrayList<>();
    for (int index = 0; index < weights.size(); index++) {
      conditions.add(optimizer.at(index).decayed(tf, gradients.get(index), weights.get(index)));
    }
    return conditions;
  }

  /**
   * The weight decay, where the stationarity condition is the gradient with one decay times all
   * weights added; empty where there is none or it acts in another way.
   *
   * @param optimizer settings
   */
  default <T extends TNumber> Optional<Operand<T>> uniformDecay(OptimizerTensors<T> optimizer) {
    return optimizer.perWeight().isEmpty()
        ? Optional.ofNullable(optimizer.find(Hyperparameter.WEIGHT_DECAY))
        : Optional.empty();
  }
}
