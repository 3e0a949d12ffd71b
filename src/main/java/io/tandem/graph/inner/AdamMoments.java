package io.tandem.graph.inner;

import io.tandem.graph.core.Scalars;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The moments of Adam (Kingma and Ba 2015, algorithm 1) and their bias correction, for one step.
 *
 * <p>Deviation: the denominator is {@code √(v̂ + ε²)} instead of {@code √v̂ + ε}. Both are ε at 0
 * and √v̂ far from it, but the derivative of the first is finite at 0.
 *
 * @param <T> float32 or float64
 */
final class AdamMoments<T extends TNumber> {
  private final Ops tf;
  private final Operand<T> beta1;
  private final Operand<T> beta2;
  private final Operand<T> firstCorrection;
  private final Operand<T> secondCorrection;
  private final Operand<T> floor;

  AdamMoments(Ops tf, InnerSettings settings, OptimizerTensors<T> optimizer, Operand<T> steps) {
    this.tf = tf;
    beta1 = optimizer.momentum(tf);
    beta2 = optimizer.beta2(tf, settings);
    firstCorrection = tf.math.reciprocal(Scalars.complement(tf, tf.math.pow(beta1, steps)));
    secondCorrection = tf.math.reciprocal(Scalars.complement(tf, tf.math.pow(beta2, steps)));
    floor = optimizer.floor(tf, settings);
  }

  Operand<T> first(Operand<T> before, Operand<T> gradient) {
    return average(beta1, before, gradient);
  }

  Operand<T> second(Operand<T> before, Operand<T> gradient) {
    return average(beta2, before, tf.math.square(gradient));
  }

  Operand<T> direction(Operand<T> first, Operand<T> second) {
    Operand<T> square = tf.math.add(tf.math.mul(second, secondCorrection), floor);
    return tf.math.mul(tf.math.mul(first, firstCorrection), tf.math.rsqrt(square));
  }

  private Operand<T> average(Operand<T> keep, Operand<T> before, Operand<T> value) {
    return tf.math.add(tf.math.mul(keep, before), tf.math.mul(Scalars.complement(tf, keep), value));
  }
}
