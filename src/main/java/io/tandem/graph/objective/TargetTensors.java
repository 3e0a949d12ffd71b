package io.tandem.graph.objective;

import io.tandem.outcome.Outcome;
import io.tandem.outcome.Targets;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** The form that targets have on their way into a graph: labels int32, numbers float32. */
final class TargetTensors {
  private TargetTensors() {}

  static Class<? extends TNumber> type(Outcome outcome) {
    return outcome instanceof Outcome.Classes ? TInt32.class : TFloat32.class;
  }

  /** The shape of a number of rows, which may be unknown. */
  static Shape shape(Outcome outcome, long rows) {
    return outcome instanceof Outcome.Classes ? Shape.of(rows) : Shape.of(rows, outcome.outputs());
  }

  /** Some rows, from one up to but not another. */
  static Tensor tensor(Targets targets, int from, int to) {
    if (targets instanceof Targets.Labels labels) {
      return TInt32.vectorOf(Arrays.copyOfRange(labels.values(), from, to));
    }
    Targets.Numbers numbers = (Targets.Numbers) targets;
    int outputs = numbers.outcome().outputs();
    return TFloat32.tensorOf(
        shape(numbers.outcome(), (long) to - from),
        DataBuffers.of(Arrays.copyOfRange(numbers.values(), from * outputs, to * outputs)));
  }

  /** What such a tensor is worth as targets, when it is in the graph. */
  static <T extends TNumber> BatchTargets<T> batch(
      Ops tf, Class<T> type, Outcome outcome, Operand<? extends TNumber> tensor) {
    if (outcome instanceof Outcome.Numbers numbers) {
      Operand<T> values =
          tensor.type() == type ? tensor.asOutput().expect(type) : tf.dtypes.cast(tensor, type);
      return new BatchNumbers<>(values, numbers.outputs(), numbers.loss());
    }
    return new BatchLabels<>(tensor.asOutput().expect(TInt32.class), outcome.outputs());
  }
}
