package io.tandem.graph.gradient;

import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.AvgPool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** Images {@code [batch, height, width, channels]} in the layout that an operation is given. */
final class Layouts {
  private Layouts() {}

  /**
   * Skips a test that computes in the layout {@code NCHW} where TensorFlow cannot on this
   * processor: the kernels are those of oneDNN, which it takes by itself on some processors only.
   */
  static void assumeChannelsFirst() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> image = tf.zeros(tf.constant(new int[] {1, 1, 2, 2}), TFloat32.class);
      List<Long> ones = List.of(1L, 1L, 1L, 1L);
      Operand<TFloat32> pooled =
          tf.nn.avgPool(image, ones, ones, "VALID", AvgPool.dataFormat("NCHW"));
      session.runner().fetch(pooled).run().close();
    } catch (TFInvalidArgumentException refused) {
      Assumptions.abort("no kernels for NCHW on this processor: " + refused.getMessage());
    }
  }

  /** An image in the layout {@code NHWC} or {@code NCHW}. */
  static <T extends TNumber> Operand<T> to(Ops tf, Operand<T> image, String layout) {
    return layout.equals("NHWC")
        ? image
        : tf.linalg.transpose(image, tf.constant(new int[] {0, 3, 1, 2}));
  }

  /** An image that an operation returned. */
  static <T extends TNumber> Operand<T> from(Ops tf, Operand<T> image, String layout) {
    return layout.equals("NHWC")
        ? image
        : tf.linalg.transpose(image, tf.constant(new int[] {0, 2, 3, 1}));
  }

  /** Sizes by axis, such as strides. */
  static List<Long> to(List<Long> sizes, String layout) {
    return layout.equals("NHWC")
        ? sizes
        : List.of(sizes.get(0), sizes.get(3), sizes.get(1), sizes.get(2));
  }
}
