package io.tandem.graph.controller;

import io.tandem.graph.core.Scalars;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.family.TNumber;

/**
 * The parameters of a controller. They are declared one by one and live end to end in one variable,
 * which an optimizer moves, and a checkpoint saves, as a whole.
 *
 * @param <T> type of reals
 */
final class Parameters<T extends TNumber> {
  private final Ops tf;
  private final Class<T> type;
  private final double range;
  private final long seed;
  private final List<Shape> shapes = new ArrayList<>();
  private final List<Operand<T>> initial = new ArrayList<>();
  private final List<Operand<T>> parts = new ArrayList<>();
  private int size;
  private @Nullable Variable<T> vector;

  Parameters(Ops tf, Class<T> type, double range, long seed) {
    this.tf = tf;
    this.type = type;
    this.range = range;
    this.seed = seed;
  }

  /** Declares a parameter that begins uniform in ±range, from a stateless draw. */
  Parameter<T> uniform(long... shape) {
    Operand<T> draw =
        tf.random.statelessRandomUniform(
            tf.constant(new long[] {Shape.of(shape).size()}),
            tf.constant(new long[] {seed, shapes.size()}),
            type);
    return add(tf.math.mul(tf.math.sub(draw, real(0.5)), real(2 * range)), shape);
  }

  /** Declares a parameter that begins with one value in all its elements. */
  Parameter<T> constant(double value, long... shape) {
    return add(tf.fill(tf.constant(new long[] {Shape.of(shape).size()}), real(value)), shape);
  }

  private Parameter<T> add(Operand<T> value, long... shape) {
    if (vector != null) {
      throw new IllegalStateException("all parameters are declared already");
    }
    Declared declared = new Declared(shapes.size(), size, (int) Shape.of(shape).size());
    shapes.add(Shape.of(shape));
    initial.add(value);
    size += declared.size();
    return declared;
  }

  private final class Declared implements Parameter<T> {
    private final int index;
    private final int place;
    private final int length;

    Declared(int index, int place, int length) {
      this.index = index;
      this.place = place;
      this.length = length;
    }

    @Override
    public Operand<T> value() {
      return parts.get(index);
    }

    @Override
    public int place() {
      return place;
    }

    @Override
    public int size() {
      return length;
    }
  }

  /** Ends the declarations: makes the variable and cuts it into the parameters. */
  void complete() {
    Variable<T> whole = tf.variable(tf.concat(initial, tf.constant(0)));
    int[] sizes = shapes.stream().mapToInt(shape -> (int) shape.size()).toArray();
    List<? extends Operand<T>> rows =
        tf.splitV(whole, tf.constant(sizes), tf.constant(0), (long) sizes.length).output();
    for (int index = 0; index < sizes.length; index++) {
      parts.add(tf.reshape(rows.get(index), tf.constant(shapes.get(index).asArray())));
    }
    vector = whole;
  }

  /** The variable that holds all parameters. */
  Variable<T> vector() {
    if (vector == null) {
      throw new IllegalStateException("complete() comes first");
    }
    return vector;
  }

  /** Number of elements of all parameters. */
  int size() {
    return size;
  }

  Operand<T> real(double value) {
    return Scalars.of(tf, value, type);
  }

  Class<T> type() {
    return type;
  }

  Ops ops() {
    return tf;
  }
}
