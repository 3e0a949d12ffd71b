package io.tandem.graph.inner;

import io.tandem.graph.core.Scalars;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * RMSProp (Tieleman and Hinton 2012) with momentum: {@code s ← β₂s + (1 - β₂)u²}, {@code ŝ = s / (1
 * - β₂ᵗ)}, {@code v ← βv - αu/√(ŝ + ε²)}, {@code w ← w + v}, where {@code u = g + λw} and {@code t}
 * counts the steps from 1. The first slot is {@code v}, the second {@code s}. ε stands under the
 * root, where it keeps the second derivative finite at 0.
 *
 * <p>Deviation: {@code s} is corrected for its start at 0, as in Adam (Kingma and Ba 2015, section
 * 3). Without that the first step is {@code 1/√(1 - β₂)} times the learning rate, 32 times at
 * 0.999.
 */
public final class RmsProp extends WeightwiseUpdate {
  private final InnerSettings settings;

  /**
   * Creates the update.
   *
   * @param settings decay of the second moment, term in the denominator
   */
  public RmsProp(InnerSettings settings) {
    this.settings = settings;
  }

  @Override
  <T extends TNumber> Rule<T> rule(Ops tf, OptimizerTensors<T> optimizer, Operand<T> steps) {
    Operand<T> rate = optimizer.stepSize(tf);
    Operand<T> momentum = optimizer.momentum(tf);
    Operand<T> keep = optimizer.beta2(tf, settings);
    Operand<T> take =
        optimizer.secondMoment() == null
            ? Scalars.of(tf, 1 - settings.beta2(), steps.type())
            : Scalars.complement(tf, keep);
    Operand<T> floor = optimizer.floor(tf, settings);
    Operand<T> correction = tf.math.reciprocal(Scalars.complement(tf, tf.math.pow(keep, steps)));
    return (cell, gradient) -> {
      Operand<T> pull = optimizer.decayed(tf, gradient, cell.weight());
      Operand<T> square =
          tf.math.add(tf.math.mul(keep, cell.second()), tf.math.mul(take, tf.math.square(pull)));
      Operand<T> corrected = tf.math.mul(square, correction);
      Operand<T> scaled = tf.math.mul(pull, tf.math.rsqrt(tf.math.add(corrected, floor)));
      Operand<T> velocity =
          tf.math.sub(tf.math.mul(momentum, cell.first()), tf.math.mul(rate, scaled));
      return new Cell<>(tf.math.add(cell.weight(), velocity), velocity, square);
    };
  }
}
