package io.tandem.graph.gradient.op;

import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;

/**
 * Gradient of the derivative of a depthwise convolution by its filter, {@code <G, dF(x, g)> =
 * <conv(x, G), g>}: linear in the input and in the upstream derivative.
 */
public final class DepthwiseBackpropFilterGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("DepthwiseConv2dNativeBackpropFilter");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    Output<?> input = operation.input(0);
    Output<?> filter = outputGradients.get(0);
    Output<?> upstream = operation.input(2);
    Window window = Window.of(operation);
    return List.of(
        window.apply(tf, "DepthwiseConv2dNativeBackpropInput", tf.shape(input), filter, upstream),
        NoGradient.value(),
        window.apply(tf, "DepthwiseConv2dNative", input, filter));
  }
}
