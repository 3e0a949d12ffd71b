package io.tandem.graph.gradient;

import io.tandem.graph.gradient.op.OpGradient;
import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;

/** Gradient of the nodes that end a {@link Composite}. */
final class CompositeGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("IdentityN");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    return Composite.backward(tf, operation, outputGradients);
  }
}
