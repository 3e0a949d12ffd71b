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
    weights = FixedPoint.decode(tf, position.value(), type);
  }

  /** Sets the state before the first step; the adjoints are set by the outer loss. */
  List<Op> begin() {
    Operand<TFloat64> scaled = tf.math.mul(start, tf.constant(FixedPoint.RADIX));
    return List.of(
        position.assign(tf, FixedPoint.truncate(tf, scaled)), velocity.clear(tf), buffer.clear(tf));
  }

  // p = g + λw.
  private Operand<T> pull(Operand<T> gradient) {
    return tf.math.add(gradient, tf.math.mul(layer.decay(), weights));
  }

  // c·p in units; the way there and the way back truncate the same number.
  private Operand<T> pullUnits(Operand<T> pull) {
    Operand<TFloat64> scale = tf.math.mul(layer.pull(), tf.constant(FixedPoint.RADIX));
    return tf.math.mul(pull, tf.dtypes.cast(scale, type));
  }

  private Operand<TFloat64> moveUnits(Operand<TFloat64> velocity) {
    return tf.math.mul(velocity, layer.move());
  }

  /**
   * One step there.
   *
   * @param gradient g
   * @param assignments takes the assignments
   * @return the misses of velocity and position, as {@link FixedPoint#miss}
   */
  List<Operand<TFloat64>> forward(Operand<T> gradient, List<Op> assignments) {
    Rational.Exact decayed =
        Rational.multiply(
            tf, new Rational.Exact(velocity.value(), buffer.value()), layer.numerator());
    Operand<T> change = pullUnits(pull(gradient));
    Operand<TInt64> next = tf.math.sub(decayed.value(), FixedPoint.truncate(tf, change));
    Operand<TFloat64> units = FixedPoint.units(tf, next);
    Operand<TFloat64> move = moveUnits(units);
    Operand<TInt64> moved = tf.math.add(position.value(), FixedPoint.truncate(tf, move));
    assignments.add(buffer.assign(tf, decayed.buffer()));
    assignments.add(velocity.assign(tf, next));
    assignments.add(position.assign(tf, moved));
    Operand<TFloat64> wantedVelocity =
        tf.math.sub(FixedPoint.units(tf, decayed.value()), tf.dtypes.cast(change, TFloat64.class));
    Operand<TFloat64> wantedPosition = tf.math.add(FixedPoint.units(tf, position.value()), move);
    return List.of(
        FixedPoint.miss(tf, units, wantedVelocity),
        FixedPoint.miss(tf, FixedPoint.units(tf, moved), wantedPosition));
  }

  /**
   * Takes the move of a step back.
   *
   * @param assignments takes the assignment
   * @return {@link Products#move}
   */
  Operand<T> moveBack(List<Op> assignments) {
    Operand<TFloat64> units = FixedPoint.units(tf, velocity.value());
    Operand<TInt64> back = FixedPoint.truncate(tf, moveUnits(units));
    assignments.add(position.assign(tf, tf.math.sub(position.value(), back)));
    return dotInUnits(weightAdjoint.value(), velocity.value());
  }

  /** The adjoint of the velocity after the step, which also moves the weights. */
  Operand<T> fullVelocityAdjoint() {
    return tf.math.add(
        velocityAdjoint.value(), tf.math.mul(layer.moveOfAdjoint(), weightAdjoint.value()));
  }

  /**
   * The product of a gradient with the adjoint of the velocity, {@code c·du·g}: minus its
   * derivatives are what the step adds to the adjoints of weights and hyperparameters.
   */
  Operand<T> curved(Operand<T> full, Operand<T> gradient) {
    return tf.math.mul(layer.pullOfAdjoint(), dot(full, gradient));
  }

  /**
   * Takes the rest of a step back, after {@link #moveBack}.
   *
   * @param gradient g
   * @param full as {@link #fullVelocityAdjoint}
   * @param curvature derivative of {@link #curved} by the weights
   * @param assignments takes the assignments
   * @return {@link Products#velocity}, {@link Products#pull}, {@link Products#decay}
   */
  List<Operand<T>> reverse(
      Operand<T> gradient, Operand<T> full, Operand<T> curvature, List<Op> assignments) {
    Operand<TInt64> pulled = FixedPoint.truncate(tf, pullUnits(pull(gradient)));
    Operand<TInt64> decayed = tf.math.add(velocity.value(), pulled);
    Rational.Exact before =
        Rational.divide(tf, new Rational.Exact(decayed, buffer.value()), layer.numerator());
    assignments.add(velocity.assign(tf, before.value()));
    assignments.add(buffer.assign(tf, before.buffer()));
    Operand<T> decay = tf.math.mul(layer.pullOfAdjoint(), layer.decay());
    Operand<T> bent = tf.math.add(curvature, tf.math.mul(decay, full));
    assignments.add(weightAdjoint.assign(tf, tf.math.sub(weightAdjoint.value(), bent)));
    assignments.add(velocityAdjoint.assign(tf, tf.math.mul(layer.factorOfAdjoint(), full)));
    Operand<T> byWeights = dot(full, weights);
    return List.of(
        dotInUnits(full, before.value()),
        tf.math.add(dot(full, gradient), tf.math.mul(layer.decay(), byWeights)),
        tf.math.neg(tf.math.mul(layer.pullOfAdjoint(), byWeights)));
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

  // As a product of matrices: one pass without an array in between.
  private Operand<T> dot(Operand<T> left, Operand<T> right) {
    Operand<T> row = tf.reshape(left, tf.constant(new int[] {1, -1}));
    Operand<T> column = tf.reshape(right, tf.constant(new int[] {-1, 1}));
    return tf.reshape(tf.linalg.matMul(row, column), tf.constant(new int[0]));
  }

  private Operand<T> dotInUnits(Operand<T> left, Operand<TInt64> right) {
    Operand<T> unit = tf.dtypes.cast(tf.constant(1 / FixedPoint.RADIX), type);
    return tf.math.mul(dot(left, tf.dtypes.cast(right, type)), unit);
  }
}
