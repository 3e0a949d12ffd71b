package io.tandem.graph.inner;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Accelerated gradient in the form of Sutskever et al. 2013, with the weights at the point looked
 * ahead to: {@code v ← βv - α(g + λw)}, {@code w ← w + βv - α(g + λw)}; the first slot is {@code
 * v}.
 */
public final class Nesterov extends WeightwiseUpdate {
  @Override
  <T extends TNumber> Rule<T> rule(Ops tf, OptimizerTensors<T> optimizer, Operand<T> steps) {
    Operand<T> rate = optimizer.stepSize(tf);
    Operand<T> momentum = optimizer.momentum(tf);
    return (cell, gradient) -> {
      Operand<T> step = tf.math.mul(rate, optimizer.decayed(tf, gradient, cell.weight()));
      Operand<T> velocity = tf.math.sub(tf.math.mul(momentum, cell.first()), step);
      Operand<T> move = tf.math.sub(tf.math.mul(momentum, velocity), step);
      return new Cell<>(tf.math.add(cell.weight(), move), velocity, cell.second());
    };
  }
}
