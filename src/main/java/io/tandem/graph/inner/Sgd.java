package io.tandem.graph.inner;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Plain stochastic gradient descent: {@code w ← w - α(g + λw)}. */
public final class Sgd extends WeightwiseUpdate {
  @Override
  <T extends TNumber> Rule<T> rule(Ops tf, OptimizerTensors<T> optimizer, Operand<T> steps) {
    Operand<T> rate = optimizer.stepSize(tf);
    return (cell, gradient) -> {
      Operand<T> pull = optimizer.decayed(tf, gradient, cell.weight());
      Operand<T> weight = tf.math.sub(cell.weight(), tf.math.mul(rate, pull));
      return new Cell<>(weight, cell.first(), cell.second());
    };
  }
}
