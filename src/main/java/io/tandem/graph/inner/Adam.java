package io.tandem.graph.inner;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Adam (Kingma and Ba 2015), the weight decay added to the gradient; the slots are its moments and
 * the momentum is β₁.
 */
public final class Adam extends WeightwiseUpdate {
  private final InnerSettings settings;

  /**
   * Creates the update.
   *
   * @param settings decay of the second moment, term in the denominator
   */
  public Adam(InnerSettings settings) {
    this.settings = settings;
  }

  @Override
  <T extends TNumber> Rule<T> rule(Ops tf, OptimizerTensors<T> optimizer, Operand<T> steps) {
    Operand<T> rate = optimizer.stepSize(tf);
    AdamMoments<T> moments = new AdamMoments<>(tf, settings, optimizer, steps);
    return (cell, gradient) -> {
      Operand<T> pull = optimizer.decayed(tf, gradient, cell.weight());
      Operand<T> first = moments.first(cell.first(), pull);
      Operand<T> second = moments.second(cell.second(), pull);
      Operand<T> step = tf.math.mul(rate, moments.direction(first, second));
      return new Cell<>(tf.math.sub(cell.weight(), step), first, second);
    };
  }
}
