package io.tandem.graph.inner;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Heavy-ball momentum (Polyak 1964): {@code v ← βv - α(g + λw)}, {@code w ← w + v}; the first slot
 * is the velocity {@code v}.
 */
public final class Momentum extends WeightwiseUpdate {
  @Override
  <T extends TNumber> Rule<T> rule(Ops tf, OptimizerTensors<T> optimizer, Operand<T> steps) {
    Operand<T> rate = optimizer.stepSize(tf);
    Operand<T> momentum = optimizer.momentum(tf);
    return (cell, gradient) -> {
      Operand<T> pull = optimizer.decayed(tf, gradient, cell.weight());
      Operand<T> velocity =
          tf.math.sub(tf.math.mul(momentum, cell.first()), tf.math.mul(rate, pull));
      return new Cell<>(tf.math.add(cell.weight(), velocity), velocity, cell.second());
    };
  }
}
