package io.tandem.graph.gradient.op;

import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.TensorScatterNdUpdate;
import org.tensorflow.types.family.TNumber;

/**
 * Gradient of overwriting parts of a tensor: what was overwritten has none, what was written has
 * the one of its place. Places must differ; which update wins where two meet is not defined.
 */
public final class TensorScatterUpdateGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("TensorScatterUpdate");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    return backward(tf, operation, outputGradients.get(0), Inputs.real(outputGradients.get(0)));
  }

  private static <T extends TNumber> List<Operand<?>> backward(
      Ops tf, GraphOperation operation, Output<?> outputGradient, Class<T> type) {
    Operand<T> upstream = outputGradient.expect(type);
    Operand<? extends TNumber> places = Inputs.indices(operation.input(1));
    Operand<T> updates = Inputs.input(operation, 2, type);
    return List.of(
        TensorScatterNdUpdate.create(tf.scope(), upstream, places, tf.zerosLike(updates)),
        NoGradient.value(),
        tf.gatherNd(upstream, places));
  }
}
