package io.tandem.testing;

import io.tandem.graph.inner.InnerProblem;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * A problem with known answers: training loss {@code Σ aᵢ/2 (wᵢ - cᵢ - 0.1·step)²} over one weight
 * tensor, validation loss {@code Σ ½(wᵢ - dᵢ)²}.
 *
 * @param <T> float32 or float64
 * @param type number type
 */
public record Quadratic<T extends TNumber>(Class<T> type) implements InnerProblem<T> {
  /** Curvatures {@code a}. */
  public static double[] curvature() {
    return new double[] {1.0, 2.5, 0.4};
  }

  /** Training optimum {@code c} at step 0. */
  public static double[] centre() {
    return new double[] {0.5, -1.0, 2.0};
  }

  /** Validation optimum {@code d}. */
  public static double[] target() {
    return new double[] {0.2, -0.4, 1.0};
  }

  @Override
  public Operand<T> trainingLoss(Ops tf, List<Operand<T>> weights, Operand<TInt32> step) {
    Operand<TFloat64> drift = tf.math.mul(tf.constant(0.1), tf.dtypes.cast(step, TFloat64.class));
    Operand<T> centre = tf.dtypes.cast(tf.math.add(tf.constant(centre()), drift), type);
    Operand<T> error = tf.math.sub(weights.get(0), centre);
    return half(tf, tf.math.mul(vector(tf, curvature()), tf.math.square(error)));
  }

  @Override
  public Operand<T> validationLoss(Ops tf, List<Operand<T>> weights) {
    return half(tf, tf.math.square(tf.math.sub(weights.get(0), vector(tf, target()))));
  }

  private Operand<T> vector(Ops tf, double[] values) {
    return tf.dtypes.cast(tf.constant(values), type);
  }

  private Operand<T> half(Ops tf, Operand<T> squares) {
    return tf.math.mul(
        tf.dtypes.cast(tf.constant(0.5), type), tf.reduceSum(squares, tf.constant(0)));
  }
}
