package io.tandem.graph.hypergradient.reversible;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * One variable's state and what the steps do with it.
 *
 * @param <T> type of weights and adjoints
 */
final class Cell<T extends TNumber> {
  final StateVariable<TInt64> position;
  final StateVariable<TInt64> velocity;
  final StateVariable<TInt64> buffer;
  final StateVariable<T> weightAdjoint;
  final StateVariable<T> velocityAdjoint;
  final Placeholder<TFloat64> start;
  final Placeholder<TInt32> words;

  /** The weights as the losses see them. */
  final Operand<T> weights;

  private final Ops tf;
  private final Class<T> type;
  private final LayerScalars<T> layer;
  private final Operand<TFloat64> units;
  private final Operand<TFloat64> reals;

  Cell(Ops tf, TrainedVariable variable, LayerScalars<T> layer, Class<T> type) {
    this.tf = tf;
    this.type = type;
    this.layer = layer;
    Shape shape = variable.shape();
    position = new StateVariable<>(tf, shape, TInt64.class);
    velocity = new StateVariable<>(tf, shape, TInt64.class);
    buffer = new StateVariable<>(tf, shape, TInt64.class);
    weightAdjoint = new StateVariable<>(tf, shape, type);
    velocityAdjoint = new StateVariable<>(tf, shape, type);
    start = tf.placeholder(TFloat64.class, Placeholder.shape(shape));
    words = tf.placeholder(TInt32.class, Placeholder.shape(shape));
    units = FixedPoint.units(tf, position.value());
    reals = tf.math.mul(units, tf.constant(1 / FixedPoint.RADIX));
    weights = tf.dtypes.cast(reals, type);
  }

  /** Sets the state before the first step; the adjoints are set by the outer loss. */
  List<Op> begin() {
    Operand<TFloat64> scaled = tf.math.mul(start, tf.constant(FixedPoint.RADIX));
    return List.of(
        position.assign(tf, FixedPoint.truncate(tf, scaled)), velocity.clear(tf), buffer.clear(tf));
  }

  /** {@code p = g + λw}. */
  Operand<TFloat64> pull(Operand<T> gradient) {
    return tf.math.add(tf.dtypes.cast(gradient, TFloat64.class), tf.math.mul(layer.decay(), reals));
  }

  // c·p in units; the way there and the way back truncate the same number.
  private Operand<TFloat64> pullUnits(Operand<TFloat64> pull) {
    return tf.math.mul(pull, tf.math.mul(layer.pull(), tf.constant(FixedPoint.RADIX)));
  }

  private Operand<TFloat64> moveUnits(Operand<TInt64> velocity) {
    return tf.math.mul(FixedPoint.units(tf, velocity), layer.move());
  }

  /**
   * One step there.
   *
   * @param assignments takes the assignments
   * @return the misses of velocity and position, as {@link FixedPoint#miss}
   */
  List<Operand<TFloat64>> forward(Operand<TFloat64> pull, List<Op> assignments) {
    Rational.Exact decayed =
        Rational.multiply(
            tf, new Rational.Exact(velocity.value(), buffer.value()), layer.numerator());
    Operand<TFloat64> change = pullUnits(pull);
    Operand<TInt64> next = tf.math.sub(decayed.value(), FixedPoint.truncate(tf, change));
    Operand<TFloat64> move = moveUnits(next);
    Operand<TInt64> moved = tf.math.add(position.value(), FixedPoint.truncate(tf, move));
    assignments.add(buffer.assign(tf, decayed.buffer()));
    assignments.add(velocity.assign(tf, next));
    assignments.add(position.assign(tf, moved));
    return List.of(
        FixedPoint.miss(tf, next, tf.math.sub(FixedPoint.units(tf, decayed.value()), change)),
        FixedPoint.miss(tf, moved, tf.math.add(units, move)));
  }

  /**
   * Takes the move of a step back.
   *
   * @param assignments takes the assignment
   * @return {@link Products#move}
   */
  Operand<T> moveBack(List<Op> assignments) {
    Operand<TInt64> back = FixedPoint.truncate(tf, moveUnits(velocity.value()));
    assignments.add(position.assign(tf, tf.math.sub(position.value(), back)));
    return dot(weightAdjoint.value(), real(velocity.value()));
  }

  /** The adjoint of the velocity after the step, which also moves the weights. */
  Operand<T> fullVelocityAdjoint() {
    return tf.math.add(
        velocityAdjoint.value(), tf.math.mul(layer.moveOfAdjoint(), weightAdjoint.value()));
  }

  /** The adjoint of {@code -p}: {@code c} times that of the velocity. */
  Operand<T> pullAdjoint(Operand<T> fullVelocityAdjoint) {
    return tf.math.mul(layer.pullOfAdjoint(), fullVelocityAdjoint);
  }

  /**
   * Takes the rest of a step back, after {@link #moveBack}.
   *
   * @param pull p
   * @param full as {@link #fullVelocityAdjoint}
   * @param pulled as {@link #pullAdjoint}
   * @param curvature derivative of {@code pulled · g} by the weights
   * @param assignments takes the assignments
   * @return {@link Products#velocity}, {@link Products#pull}, {@link Products#decay}
   */
  List<Operand<T>> reverse(
      Operand<TFloat64> pull,
      Operand<T> full,
      Operand<T> pulled,
      Operand<T> curvature,
      List<Op> assignments) {
    Operand<TInt64> decayed =
        tf.math.add(velocity.value(), FixedPoint.truncate(tf, pullUnits(pull)));
    Rational.Exact before =
        Rational.divide(tf, new Rational.Exact(decayed, buffer.value()), layer.numerator());
    assignments.add(velocity.assign(tf, before.value()));
    assignments.add(buffer.assign(tf, before.buffer()));
    Operand<T> bent = tf.math.add(curvature, tf.math.mul(layer.decayOfAdjoint(), pulled));
    assignments.add(weightAdjoint.assign(tf, tf.math.sub(weightAdjoint.value(), bent)));
    assignments.add(velocityAdjoint.assign(tf, tf.math.mul(layer.factorOfAdjoint(), full)));
    return List.of(
        dot(full, real(before.value())),
        dot(full, tf.dtypes.cast(pull, type)),
        tf.math.neg(dot(pulled, weights)));
  }

  /** The low word of the buffer; assigns what is above it. */
  Operand<TInt32> spill(List<Op> assignments) {
    Operand<TInt64> bits = tf.constant((long) BufferBound.WORD);
    assignments.add(buffer.assign(tf, tf.bitwise.rightShift(buffer.value(), bits)));
    Operand<TInt64> mask = tf.constant((1L << BufferBound.WORD) - 1);
    return tf.dtypes.cast(tf.bitwise.bitwiseAnd(buffer.value(), mask), TInt32.class);
  }

  /** Takes the fed word back into the buffer. */
  Op unspill() {
    Operand<TInt64> bits = tf.constant((long) BufferBound.WORD);
    Operand<TInt64> mask = tf.constant((1L << BufferBound.WORD) - 1);
    Operand<TInt64> low = tf.bitwise.bitwiseAnd(tf.dtypes.cast(words, TInt64.class), mask);
    Operand<TInt64> high = tf.bitwise.leftShift(buffer.value(), bits);
    return buffer.assign(tf, tf.bitwise.bitwiseOr(high, low));
  }

  /** Sum of products over all elements. */
  Operand<T> dot(Operand<T> left, Operand<T> right) {
    return tf.sum(
        tf.reshape(tf.math.mul(left, right), tf.constant(new int[] {-1})), tf.constant(0));
  }

  private Operand<T> real(Operand<TInt64> integers) {
    return tf.dtypes.cast(FixedPoint.decode(tf, integers), type);
  }
}
