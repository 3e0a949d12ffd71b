package io.tandem.graph.gradient.op;

import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;

/** Gradient of spreading means back over their windows: the mean over the same windows. */
public final class AvgPoolGradGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("AvgPoolGrad");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    return List.of(
        NoGradient.value(), Window.of(operation).apply(tf, "AvgPool", outputGradients.get(0)));
  }
}
