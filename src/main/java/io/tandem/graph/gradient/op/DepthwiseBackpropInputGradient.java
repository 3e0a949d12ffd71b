package io.tandem.graph.gradient.op;

import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;

/**
 * Gradient of the derivative of a depthwise convolution by its input, {@code <G, dX(f, g)> =
 * <conv(G, f), g>}: linear in the filter and in the upstream derivative.
 */
public final class DepthwiseBackpropInputGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("DepthwiseConv2dNativeBackpropInput");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    Output<?> input = outputGradients.get(0);
    Output<?> filter = operation.input(1);
    Output<?> upstream = operation.input(2);
    Window window = Window.of(operation);
    return List.of(
        NoGradient.value(),
        window.apply(tf, "DepthwiseConv2dNativeBackpropFilter", input, tf.shape(filter), upstream),
        window.apply(tf, "DepthwiseConv2dNative", input, filter));
  }
}
