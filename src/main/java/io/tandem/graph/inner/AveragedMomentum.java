package io.tandem.graph.inner;

import io.tandem.graph.core.Scalars;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Momentum as an average of gradients (Maclaurin et al. 2015, algorithm 1): {@code v ← βv - (1 -
 * β)(g + λw)}, {@code w ← w + αv}; the first slot is {@code v}. At constant settings it is {@link
 * Momentum} with the learning rate {@code (1 - β)α}.
 */
public final class AveragedMomentum extends WeightwiseUpdate {
  @Override
  <T extends TNumber> Rule<T> rule(Ops tf, OptimizerTensors<T> optimizer, Operand<T> steps) {
    Operand<T> rate = optimizer.stepSize(tf);
    Operand<T> momentum = optimizer.momentum(tf);
    Operand<T> share = Scalars.complement(tf, momentum);
    return (cell, gradient) -> {
      Operand<T> pull = optimizer.decayed(tf, gradient, cell.weight());
      Operand<T> velocity =
          tf.math.sub(tf.math.mul(momentum, cell.first()), tf.math.mul(share, pull));
      Operand<T> weight = tf.math.add(cell.weight(), tf.math.mul(rate, velocity));
      return new Cell<>(weight, velocity, cell.second());
    };
  }
}
