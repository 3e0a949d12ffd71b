package io.tandem.graph.core;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Images {@code [batch, height, width, channels]} in the layout that an operation is given. */
final class Layouts {
  private Layouts() {}

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
