package io.tandem.graph.gradient.op;

import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/**
 * TensorFlow's own answer for an input that has no derivative: an output of no operation.
 *
 * <p>A tensor of zeros instead would be followed further back, into integer operations such as
 * {@code ArgMax} that have no gradient, and would be summed with true derivatives for nothing.
 * There is no constructor for this value, so it is got once by differentiating what is constant.
 */
public final class NoGradient {
  private static final Output<?> VALUE = obtain();

  private NoGradient() {}

  /** The answer for an input without derivative. */
  public static Operand<?> value() {
    return VALUE;
  }

  /** Whether a derivative is this answer. */
  public static boolean is(Output<?> derivative) {
    return derivative.op() instanceof GraphOperation operation
        && (operation.getUnsafeNativeHandle() == null
            || operation.getUnsafeNativeHandle().isNull());
  }

  private static Output<?> obtain() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Output<TFloat64> one = tf.constant(1.0).asOutput();
      Output<TFloat64> stopped = tf.stopGradient(one).asOutput();
      Output<?> answer =
          graph
              .addGradients(
                  "none", new Output<?>[] {stopped}, new Output<?>[] {one}, new Output<?>[] {one})[
              0];
      if (!is(answer)) {
        throw new IllegalStateException("TensorFlow differentiates behind stopGradient");
      }
      return answer;
    }
  }
}
