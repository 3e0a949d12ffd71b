package io.tandem.graph.gradient.op;

import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;

/**
 * Gradient of the derivative of a convolution by its filter.
 *
 * <p>That derivative is linear in the input and in the upstream derivative, {@code <G, dF(x, g)> =
 * <conv(x, G), g>}: by {@code g} it is the convolution with {@code G} for its filter, by {@code x}
 * the backward pass of that convolution.
 */
public final class Conv2DBackpropFilterGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("Conv2DBackpropFilter");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    Output<?> input = operation.input(0);
    Output<?> filter = outputGradients.get(0);
    Output<?> upstream = operation.input(2);
    Window window = Window.of(operation);
    return List.of(
        window.apply(tf, "Conv2DBackpropInput", tf.shape(input), filter, upstream),
        NoGradient.value(),
        window.apply(tf, "Conv2D", input, filter));
  }
}
