package io.tandem.graph.gradient.op;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;

/**
 * Gradient of random numbers: none. TensorFlow asks for it where the shape of the noise is read off
 * a tensor that is differentiated.
 */
public final class NoiseGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of(
        "StatelessRandomNormal",
        "StatelessRandomNormalV2",
        "StatelessRandomUniform",
        "StatelessRandomUniformV2",
        "StatelessTruncatedNormal",
        "StatelessTruncatedNormalV2");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    return List.copyOf(Collections.nCopies(operation.numInputs(), NoGradient.value()));
  }
}
