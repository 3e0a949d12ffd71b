package io.tandem.graph.gradient.op;

import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Gradient of rows looked up in a resource variable: the derivatives added up at their rows, as a
 * dense tensor of the variable's shape, like that of reading the whole variable. It is the
 * derivative by the variable's handle.
 */
public final class ResourceGatherGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("ResourceGather");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    return List.of(
        scatter(tf, operation, outputGradients.get(0), Inputs.indices(operation.input(1))),
        NoGradient.value());
  }

  private static <I extends TNumber> Operand<?> scatter(
      Ops tf, GraphOperation operation, Output<?> outputGradient, Operand<I> rows) {
    Operand<I> shape = tf.variableShape(operation.input(0), rows.type());
    return tf.scatterNd(tf.expandDims(rows, tf.constant(-1)), outputGradient, shape);
  }
}
