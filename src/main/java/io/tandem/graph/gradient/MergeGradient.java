package io.tandem.graph.gradient;

import io.tandem.graph.gradient.op.OpGradient;
import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** Gradient of the exit from lazy branches: the derivative goes to the branch that ran. */
final class MergeGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("Merge");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    Output<?> chosen = operation.output(1);
    return List.copyOf(
        LazyBranches.switchN(
            tf, outputGradients.get(0), chosen.expect(TInt32.class), operation.numInputs()));
  }
}
