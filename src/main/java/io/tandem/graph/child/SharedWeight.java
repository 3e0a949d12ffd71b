package io.tandem.graph.child;

import io.tandem.graph.session.Placement;
import java.math.BigInteger;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * A matrix, or a vector taken as one row, of which an architecture uses the corner of its first
 * rows and columns; also the optimizer's slots beside it.
 *
 * <p>Its variables are kept as {@code [rows * columns / chunk, chunk]}, where a chunk divides every
 * number of columns that can be asked for. A corner is then a set of whole chunks and is written by
 * copying memory; TensorFlow's strided assignment goes element by element and takes many times
 * longer.
 */
final class SharedWeight {
  private final Ops tf;
  private final Ops host;
  private final int rows;
  private final int columns;
  private final int chunk;
  private final boolean matrix;

  private SharedWeight(Ops tf, int rows, int columns, List<Integer> widths, boolean matrix) {
    this.tf = tf;
    this.host = Placement.host(tf);
    this.rows = rows;
    this.columns = columns;
    this.chunk = common(columns, widths);
    this.matrix = matrix;
  }

  /**
   * A matrix.
   *
   * @param rows largest number of rows
   * @param columns largest number of columns
   * @param widths numbers of columns that can be asked for
   */
  static SharedWeight matrix(Ops tf, int rows, int columns, List<Integer> widths) {
    return new SharedWeight(tf, rows, columns, widths, true);
  }

  /**
   * A vector.
   *
   * @param length largest length
   * @param widths lengths that can be asked for
   */
  static SharedWeight vector(Ops tf, int length, List<Integer> widths) {
    return new SharedWeight(tf, 1, length, widths, false);
  }

  /** Shape of the whole as the network sees it. */
  Shape shape() {
    return matrix ? Shape.of(rows, columns) : Shape.of(columns);
  }

  /** A variable for all values: the weight itself or one of its slots. */
  <T extends TNumber> Variable<T> variable(Class<T> type) {
    return tf.variable(Shape.of((long) rows * columns / chunk, chunk), type);
  }

  /** A value of {@link #shape()} in the form of its variable. */
  <T extends TNumber> Operand<T> stored(Operand<T> value) {
    return tf.reshape(value, tf.constant(new int[] {-1, chunk}));
  }

  /**
   * The corner that an architecture uses.
   *
   * @param variable from {@link #variable}
   * @param usedRows scalar; 1 for a vector
   * @param usedColumns scalar, a multiple of the chunk
   */
  <T extends TNumber> Operand<T> corner(
      Operand<T> variable, Operand<TInt32> usedRows, Operand<TInt32> usedColumns) {
    Operand<T> whole = tf.reshape(variable, tf.constant(shape().asArray()));
    return matrix
        ? tf.slice(
            whole, host.constant(new int[] {0, 0}), host.stack(List.of(usedRows, usedColumns)))
        : tf.slice(whole, host.constant(new int[] {0}), host.stack(List.of(usedColumns)));
  }

  /**
   * Numbers of the chunks in a corner, row by row.
   *
   * @param usedRows scalar; 1 for a vector
   * @param usedColumns scalar
   */
  Operand<TInt32> chunks(Operand<TInt32> usedRows, Operand<TInt32> usedColumns) {
    Operand<TInt32> zero = host.constant(0);
    Operand<TInt32> one = host.constant(1);
    Operand<TInt32> perRow = host.constant(columns / chunk);
    Operand<TInt32> starts = host.range(zero, host.math.mul(usedRows, perRow), perRow);
    Operand<TInt32> within =
        host.range(zero, host.math.div(usedColumns, host.constant(chunk)), one);
    Operand<TInt32> grid =
        host.math.add(host.expandDims(starts, one), host.expandDims(within, zero));
    return host.reshape(grid, host.constant(new int[] {-1}));
  }

  /**
   * Writes a corner.
   *
   * @param variable from {@link #variable}
   * @param chunks from {@link #chunks}
   * @param value new values of the corner
   */
  <T extends TNumber> Operand<T> write(
      Operand<T> variable, Operand<TInt32> chunks, Operand<T> value) {
    return tf.scatterUpdate(variable, chunks, stored(value));
  }

  /**
   * Adds to a corner; what lies outside it stays.
   *
   * @param variable from {@link #variable}
   * @param chunks from {@link #chunks}
   * @param value what is added to the corner
   */
  <T extends TNumber> Operand<T> add(
      Operand<T> variable, Operand<TInt32> chunks, Operand<T> value) {
    return tf.scatterAdd(variable, chunks, stored(value));
  }

  private static int common(int columns, List<Integer> widths) {
    BigInteger divisor = BigInteger.valueOf(columns);
    for (int width : widths) {
      divisor = divisor.gcd(BigInteger.valueOf(width));
    }
    return divisor.intValueExact();
  }
}
