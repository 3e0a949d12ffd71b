package io.tandem.graph.child.image;

import io.tandem.graph.child.Dropout;
import io.tandem.graph.child.Part;
import io.tandem.graph.child.Parts;
import io.tandem.graph.core.Products;
import io.tandem.graph.core.Scalars;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/** The last layer: mean over all pixels, dropout, linear output layer. */
final class Head {
  private Head() {}

  /** Its weights, in the order in which they are used. */
  static Parts parts(int filters, int outputs) {
    return new Parts(
        List.of(Part.matrix("kernel", filters, outputs), Part.offset("bias", outputs)));
  }

  /**
   * Adds it.
   *
   * @param layers what it is made of
   * @param weights of {@link #parts}, which it takes
   * @param x {@code [batch, height, width, filters]}
   * @param dropout rate, in [0, 1)
   * @param seed {@code [2]} of the dropout mask; null for no dropout
   * @return {@code [batch, outputs]}
   */
  static <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers,
      Iterator<Operand<T>> weights,
      Operand<T> x,
      double dropout,
      @Nullable Operand<TInt64> seed) {
    Ops tf = layers.tf();
    Operand<T> mean = tf.math.mean(x, tf.constant(new int[] {1, 2}));
    if (seed != null && dropout > 0) {
      mean = Dropout.apply(tf, mean, Scalars.of(tf, dropout, x.type()), seed);
    }
    Operand<T> product = Products.of(tf, mean, weights.next(), layers.precision());
    return tf.nn.biasAdd(product, weights.next());
  }
}
