package io.tandem.graph.gradient.op;

import io.tandem.graph.core.Scalars;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Gradient of the backward pass of batch normalisation, in training with the statistics of the
 * batch and in inference with given ones.
 *
 * <p>Inputs: derivative by the output, input, scale, three tensors kept from the forward pass (in
 * inference the first two are mean and variance). Outputs: derivatives by input, scale and offset,
 * and two unused ones. What the forward pass kept depends on the input, so in training the whole
 * derivative is given by the input and none by what was kept. TensorFlow's kernels are for float32
 * inputs only.
 */
public final class FusedBatchNormGradGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("FusedBatchNormGradV3");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    return backward(tf, operation, outputGradients, Inputs.real(operation.input(1)));
  }

  private static <T extends TNumber> List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients, Class<T> type) {
    BatchNormGradient<T> gradient =
        new BatchNormGradient<>(
            new BatchNormLayout(operation.attributes().getAttrString("data_format")),
            Inputs.input(operation, 0, type),
            Inputs.input(operation, 1, type),
            Inputs.input(operation, 2, type),
            outputGradients.get(0).expect(type),
            outputGradients.get(1).expect(type),
            outputGradients.get(2).expect(type),
            Scalars.of(tf, operation.attributes().getAttrFloat("epsilon"), type));
    List<Operand<?>> derivatives =
        new ArrayList<>(
            operation.attributes().getAttrBool("is_training")
                ? gradient.overBatch(tf)
                : gradient.withStatistics(
                    tf, Inputs.input(operation, 3, type), Inputs.input(operation, 4, type)));
    while (derivatives.size() < operation.numInputs()) {
      derivatives.add(NoGradient.value());
    }
    return List.copyOf(derivatives);
  }
}
