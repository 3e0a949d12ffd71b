package io.tandem.graph.gradient.op;

import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;

/** Gradient of writing a slice into zeros: reading the same slice. */
public final class StridedSliceGradGradient implements OpGradient {
  private static final List<String> MASKS =
      List.of("begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask");

  @Override
  public Set<String> types() {
    return Set.of("StridedSliceGrad");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    OperationBuilder slice =
        tf.scope()
            .opBuilder("StridedSlice", "StridedSlice")
            .addInput(outputGradients.get(0))
            .addInput(operation.input(1))
            .addInput(operation.input(2))
            .addInput(operation.input(3));
    for (String mask : MASKS) {
      slice.setAttr(mask, operation.attributes().getAttrInt(mask));
    }
    return List.of(
        NoGradient.value(),
        NoGradient.value(),
        NoGradient.value(),
        NoGradient.value(),
        slice.build().output(0));
  }
}
