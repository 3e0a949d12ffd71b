package io.tandem.graph.controller;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.family.TNumber;

/**
 * Creates and lists the variables of a controller, each uniform in ±range from a stateless draw.
 *
 * @param <T> type of reals
 */
final class Parameters<T extends TNumber> {
  private final Ops tf;
  private final Class<T> type;
  private final double range;
  private final long seed;
  private final List<Variable<T>> all = new ArrayList<>();

  Parameters(Ops tf, Class<T> type, double range, long seed) {
    this.tf = tf;
    this.type = type;
    this.range = range;
    this.seed = seed;
  }

  Variable<T> uniform(long... shape) {
    Operand<T> draw =
        tf.random.statelessRandomUniform(
            tf.constant(shape), tf.constant(new long[] {seed, all.size()}), type);
    Operand<T> centred = tf.math.sub(tf.math.mul(draw, real(2)), real(1));
    return add(tf.variable(tf.math.mul(centred, real(range))));
  }

  Variable<T> constant(double value, long... shape) {
    return add(tf.variable(tf.fill(tf.constant(shape), real(value))));
  }

  Operand<T> real(double value) {
    return tf.dtypes.cast(tf.constant(value), type);
  }

  Ops ops() {
    return tf;
  }

  List<Operand<T>> all() {
    return List.copyOf(all);
  }

  private Variable<T> add(Variable<T> variable) {
    all.add(variable);
    return variable;
  }
}
