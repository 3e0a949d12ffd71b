package io.tandem.graph.child;

import io.tandem.graph.session.Placement;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * A flat vector of which an architecture uses one segment, which an index chooses; also the
 * optimizer's slots beside it.
 *
 * <p>Its variables are kept as {@code [length / chunk, chunk]}, where a chunk divides the beginning
 * and the length of every segment, so that a segment is written by copying memory.
 */
public final class SharedSegments {
  private final Ops tf;
  private final Ops host;
  private final int length;
  private final int chunk;
  private final Operand<TInt32> from;
  private final Operand<TInt32> extent;
  private final Operand<TInt32> places;

  private SharedSegments(Ops tf, int length, int[] begins, int[] sizes, Operand<TInt32> index) {
    this.tf = tf;
    this.host = Placement.host(tf);
    this.length = length;
    chunk = common(length, begins, sizes);
    Operand<TInt32> begin = chosen(begins, index);
    Operand<TInt32> size = chosen(sizes, index);
    from = host.stack(List.of(begin));
    extent = host.stack(List.of(size));
    Operand<TInt32> unit = host.constant(chunk);
    places =
        host.range(
            host.math.div(begin, unit),
            host.math.div(host.math.add(begin, size), unit),
            host.constant(1));
  }

  /**
   * Segments one after another.
   *
   * @param tf where nodes are added
   * @param sizes length of every segment
   * @param index which one is used, int32 scalar
   */
  public static SharedSegments oneOf(Ops tf, List<Integer> sizes, Operand<TInt32> index) {
    int[] begins = new int[sizes.size()];
    int[] lengths = sizes.stream().mapToInt(Integer::intValue).toArray();
    for (int segment = 1; segment < begins.length; segment++) {
      begins[segment] = begins[segment - 1] + lengths[segment - 1];
    }
    return new SharedSegments(tf, Arrays.stream(lengths).sum(), begins, lengths, index);
  }

  /**
   * A vector that is used as a whole or not at all.
   *
   * @param tf where nodes are added
   * @param length of the vector
   * @param used 1 if it is used, 0 if not
   */
  public static SharedSegments optional(Ops tf, int length, Operand<TInt32> used) {
    return new SharedSegments(tf, length, new int[2], new int[] {0, length}, used);
  }

  /**
   * A vector that is always used as a whole.
   *
   * @param tf where nodes are added
   * @param length of the vector
   */
  public static SharedSegments whole(Ops tf, int length) {
    return new SharedSegments(
        tf, length, new int[1], new int[] {length}, Placement.host(tf).constant(0));
  }

  private Operand<TInt32> chosen(int[] values, Operand<TInt32> index) {
    return values.length == 1
        ? host.constant(values[0])
        : host.gather(host.constant(values), index, host.constant(0));
  }

  /** Shape of the whole. */
  public Shape shape() {
    return Shape.of(length);
  }

  /** A variable for all values: the weight itself or one of its slots. */
  public <T extends TNumber> Variable<T> variable(Class<T> type) {
    return tf.variable(Shape.of(Math.floorDiv(length, chunk), chunk), type);
  }

  /** A value of {@link #shape()}, or of a segment, in the form of the variable. */
  public <T extends TNumber> Operand<T> stored(Operand<T> value) {
    return tf.reshape(value, tf.constant(new int[] {-1, chunk}));
  }

  /**
   * The segment that is used.
   *
   * @param variable from {@link #variable}
   * @return {@code [size of the segment]}
   */
  public <T extends TNumber> Operand<T> segment(Operand<T> variable) {
    Operand<T> flat = tf.reshape(variable, tf.constant(new int[] {-1}));
    return tf.slice(flat, from, extent);
  }

  /** Numbers of the chunks in the segment. */
  public Operand<TInt32> places() {
    return places;
  }

  /**
   * Writes the segment.
   *
   * @param variable from {@link #variable}
   * @param place from {@link #places}
   * @param value new values of the segment
   */
  public <T extends TNumber> Operand<T> write(
      Operand<T> variable, Operand<TInt32> place, Operand<T> value) {
    return tf.scatterUpdate(variable, place, stored(value));
  }

  /**
   * Adds to the segment; what lies outside it stays.
   *
   * @param variable from {@link #variable}
   * @param place from {@link #places}
   * @param value what is added to the segment
   */
  public <T extends TNumber> Operand<T> add(
      Operand<T> variable, Operand<TInt32> place, Operand<T> value) {
    return tf.scatterAdd(variable, place, stored(value));
  }

  private static int common(int length, int[] begins, int[] sizes) {
    BigInteger divisor = BigInteger.valueOf(length);
    for (int segment = 0; segment < sizes.length; segment++) {
      divisor = divisor.gcd(BigInteger.valueOf(begins[segment]));
      divisor = divisor.gcd(BigInteger.valueOf(sizes[segment]));
    }
    return divisor.intValueExact();
  }
}
