package io.tandem.graph.child.text;

import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * A node of a recurrent cell: {@code h + c (f(b) - h)} with the gate {@code c = sigmoid(a)}, where
 * {@code h} is what the node reads and {@code a} and {@code b} are products with its two matrices
 * (Pham et al. 2018, appendix A; Zilly et al. 2017, eq. 7).
 */
final class Highway {
  private Highway() {}

  /**
   * Adds a node.
   *
   * @param tf where it is added
   * @param products {@code a} and {@code b} side by side, {@code [batch, 2 hidden]}
   * @param read {@code [batch, hidden]}
   * @param activation adds {@code f}
   * @return {@code [batch, hidden]}
   */
  static <T extends TNumber> Operand<T> apply(
      Ops tf, Operand<T> products, Operand<T> read, UnaryOperator<Operand<T>> activation) {
    List<Output<T>> halves = tf.split(tf.constant(1), products, 2L).output();
    Operand<T> gate = tf.math.sigmoid(halves.get(0));
    Operand<T> change = tf.math.sub(activation.apply(halves.get(1)), read);
    return tf.math.add(read, tf.math.mul(gate, change));
  }
}
