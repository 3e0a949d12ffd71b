package io.tandem.graph.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;

/**
 * Gradients of the two linear maps behind max-pooling: a derivative scattered to where the maxima
 * are, and one gathered from there. Each is the transpose of the other, along the maxima of the
 * same input; they have no curvature in that input.
 *
 * <p>The inputs are the pooled tensor, its maxima and the derivative; the {@code V2} kinds have the
 * size and the strides of the window as fourth and fifth input.
 */
final class MaxPoolGradGradient implements OpGradient {
  private static final Map<String, String> TRANSPOSES =
      Map.of(
          "MaxPoolGrad", "MaxPoolGradGrad",
          "MaxPoolGradGrad", "MaxPoolGrad",
          "MaxPoolGradV2", "MaxPoolGradGradV2",
          "MaxPoolGradGradV2", "MaxPoolGradV2");

  @Override
  public Set<String> types() {
    return TRANSPOSES.keySet();
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    List<Operand<?>> inputs = new ArrayList<>();
    for (int index = 0; index < operation.numInputs(); index++) {
      inputs.add(index == 2 ? outputGradients.get(0) : operation.input(index));
    }
    String transpose = TRANSPOSES.getOrDefault(operation.type(), "");
    List<Operand<?>> derivatives =
        new ArrayList<>(Collections.nCopies(inputs.size(), NoGradient.value()));
    derivatives.set(
        2, Window.of(operation).apply(tf, transpose, inputs.toArray(new Operand<?>[0])));
    return List.copyOf(derivatives);
  }
}
