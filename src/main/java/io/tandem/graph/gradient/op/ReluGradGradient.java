package io.tandem.graph.gradient.op;

import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Relu6Grad;
import org.tensorflow.op.nn.ReluGrad;
import org.tensorflow.types.family.TNumber;

/** Gradient of the gradients of ReLU and ReLU6: the same mask again, no curvature. */
public final class ReluGradGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("ReluGrad", "Relu6Grad");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    return backward(tf, operation, outputGradients.get(0), Inputs.real(outputGradients.get(0)));
  }

  private static <T extends TNumber> List<Operand<?>> backward(
      Ops tf, GraphOperation operation, Output<?> outputGradient, Class<T> type) {
    Operand<T> upstream = outputGradient.expect(type);
    Operand<T> features = Inputs.input(operation, 1, type);
    Operand<T> byGradient =
        operation.type().equals("ReluGrad")
            ? ReluGrad.create(tf.scope(), upstream, features)
            : Relu6Grad.create(tf.scope(), upstream, features);
    return List.of(byGradient, NoGradient.value());
  }
}
