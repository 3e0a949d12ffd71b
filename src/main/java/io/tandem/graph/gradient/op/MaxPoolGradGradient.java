package io.tandem.graph.gradient.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.MaxPoolWithArgmax;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Gradient of the backward pass of max-pooling, which adds a derivative at the places of the
 * maxima: the upstream derivative read at the same places, also among equals. There is no curvature
 * in what was pooled.
 *
 * <p>Inputs: the pooled tensor, its maxima and the derivative; {@code V2} has the size and the
 * strides of the window, which must be constants, as fourth and fifth input.
 *
 * <p>TensorFlow's {@code MaxPoolGradGrad} is not used: it may overwrite the derivative that it
 * reads where that has the shape of the result, as with stride 1 and padding {@code SAME}, and it
 * returns zeros then.
 */
public final class MaxPoolGradGradient implements OpGradient {
  private static final int[] CHANNELS_LAST = {0, 2, 3, 1};
  private static final int[] CHANNELS_FIRST = {0, 3, 1, 2};

  @Override
  public Set<String> types() {
    return Set.of("MaxPoolGrad", "MaxPoolGradV2");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    List<Operand<?>> derivatives =
        new ArrayList<>(Collections.nCopies(operation.numInputs(), NoGradient.value()));
    Output<?> upstream = outputGradients.get(0);
    derivatives.set(2, read(tf, operation, upstream, Inputs.real(upstream)));
    return List.copyOf(derivatives);
  }

  private static <T extends TNumber> Operand<T> read(
      Ops tf, GraphOperation operation, Output<?> outputGradient, Class<T> type) {
    Operand<T> input = Inputs.input(operation, 0, type);
    Operand<T> upstream = outputGradient.expect(type);
    List<Long> size = PoolingWindow.size(operation);
    List<Long> strides = PoolingWindow.strides(operation);
    String padding = operation.attributes().getAttrString("padding");
    if (operation.attributes().getAttrString("data_format").equals("NHWC")) {
      return read(tf, upstream, places(tf, input, size, strides, padding));
    }
    Operand<TInt32> last = tf.constant(CHANNELS_LAST);
    Operand<TInt64> places =
        places(tf, tf.linalg.transpose(input, last), last(size), last(strides), padding);
    return tf.linalg.transpose(
        read(tf, tf.linalg.transpose(upstream, last), places), tf.constant(CHANNELS_FIRST));
  }

  private static <T extends TNumber> Operand<T> read(
      Ops tf, Operand<T> tensor, Operand<TInt64> places) {
    return tf.gather(tf.reshape(tensor, tf.constant(new int[] {-1})), places, tf.constant(0));
  }

  private static <T extends TNumber> Operand<TInt64> places(
      Ops tf, Operand<T> input, List<Long> size, List<Long> strides, String padding) {
    MaxPoolWithArgmax.Options[] overall = {MaxPoolWithArgmax.includeBatchInIndex(true)};
    return tf.nn.maxPoolWithArgmax(input, size, strides, padding, overall).argmax();
  }

  private static List<Long> last(List<Long> sizes) {
    List<Long> moved = new ArrayList<>();
    for (int axis : CHANNELS_LAST) {
      moved.add(sizes.get(axis));
    }
    return List.copyOf(moved);
  }
}
