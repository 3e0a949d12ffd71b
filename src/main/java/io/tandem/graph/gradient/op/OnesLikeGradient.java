package io.tandem.graph.gradient.op;

import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;

/** Gradient of a constant: 0. */
public final class OnesLikeGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("OnesLike");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    return List.of(NoGradient.value());
  }
}
