package io.tandem.graph.gradient;

import io.tandem.graph.gradient.op.NoGradient;
import io.tandem.graph.gradient.op.OpGradient;
import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;

/** Gradient of the entry to lazy branches: the derivative from whichever branch ran. */
public final class SwitchNGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("_SwitchN", "Switch");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    Output<?> merged =
        tf.scope()
            .opBuilder("Merge", "Merge")
            .addInputList(outputGradients.toArray(new Output<?>[0]))
            .build()
            .output(0);
    return List.of(merged, NoGradient.value());
  }
}
