package io.tandem.graph.hypergradient;

import io.tandem.graph.core.Scalars;
import io.tandem.graph.gradient.Gradients;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * The system {@code (H + σI) q = b} of the implicit function theorem, {@code H} given by its
 * products with vectors: reverse mode over the gradient (Pearlmutter 1994), whose forward and
 * backward pass are computed once for all products.
 *
 * @param <T> float32 or float64
 * @param layout order of the weights in a vector
 * @param weights where {@code H} is taken
 * @param gradients what {@code H} is the derivative of, a function of the weights
 * @param shift {@code σ}, positive scalar; null for 0
 * @param rightSide {@code b}, a vector
 * @param start where a solver may begin, a vector; null for zeros
 * @param tolerance scalar in place of the configured tolerance; null for that
 */
record LinearSystem<T extends TNumber>(
    WeightVector<T> layout,
    List<Operand<T>> weights,
    List<Operand<T>> gradients,
    @Nullable Operand<T> shift,
    Operand<T> rightSide,
    @Nullable Operand<T> start,
    @Nullable Operand<T> tolerance) {

  /** {@code Hv}. H is symmetric, so the product from the left is that from the right. */
  Operand<T> product(Ops tf, Operand<T> vector) {
    return layout.join(tf, Gradients.product(tf, gradients, layout.split(tf, vector), weights));
  }

  /** {@code b'b}, scalar. */
  Operand<T> rightSquare(Ops tf) {
    return Vectors.square(tf, rightSide);
  }

  /**
   * Where a solver begins.
   *
   * @param solution {@code q₀}
   * @param residual {@code b - (H + σI) q₀}
   * @param square of the residual's norm
   */
  record Beginning<T extends TNumber>(
      Operand<T> solution, Operand<T> residual, Operand<T> square) {}

  /** From zeros, or from the given start if it leaves less over than zeros do. */
  Beginning<T> begin(Ops tf, Operand<T> rightSquare) {
    Operand<T> zeros = tf.zerosLike(rightSide);
    if (start == null) {
      return new Beginning<>(zeros, rightSide, rightSquare);
    }
    Operand<T> residual = tf.math.sub(rightSide, shifted(tf, product(tf, start), start));
    Operand<T> square = Vectors.square(tf, residual);
    Operand<TBool> closer = tf.math.less(square, rightSquare);
    return new Beginning<>(
        tf.select(closer, start, zeros),
        tf.select(closer, residual, rightSide),
        tf.select(closer, square, rightSquare));
  }

  /** {@code (H + σI)v}, of {@code Hv}; or of two numbers that such vectors have with a third. */
  Operand<T> shifted(Ops tf, Operand<T> product, Operand<T> vector) {
    return shift == null ? product : Vectors.plus(tf, product, shift, vector);
  }

  /** The square of the allowed residual norm, scalar. */
  Operand<T> limit(Ops tf, Operand<T> rightSquare, double configured) {
    Operand<T> relative =
        tolerance == null ? Scalars.of(tf, configured, rightSquare.type()) : tolerance;
    return tf.math.mul(tf.math.square(relative), rightSquare);
  }
}
