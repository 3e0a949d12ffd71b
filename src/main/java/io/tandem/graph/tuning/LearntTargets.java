package io.tandem.graph.tuning;

import io.tandem.graph.objective.BatchLabels;
import io.tandem.graph.objective.BatchNumbers;
import io.tandem.graph.objective.BatchTargets;
import io.tandem.outcome.Targets;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** Targets of training rows whose features are learnt: they stay as they are. */
final class LearntTargets {
  private LearntTargets() {}

  /**
   * The classes in turn, or the numbers of training rows at even distances in the order of their
   * first number.
   *
   * @param tf where they are added
   * @param type float32 or float64
   * @param data the training rows that others stand for
   * @param rows how many are learnt
   */
  static <T extends TNumber> BatchTargets<T> of(Ops tf, Class<T> type, TuningData data, int rows) {
    if (data.training().targets() instanceof Targets.Numbers numbers) {
      return numbers(tf, type, numbers, rows);
    }
    int classes = data.outputs();
    int[] labels = IntStream.range(0, rows).map(row -> row % classes).toArray();
    return new BatchLabels<>(tf.constant(labels), classes);
  }

  private static <T extends TNumber> BatchTargets<T> numbers(
      Ops tf, Class<T> type, Targets.Numbers all, int rows) {
    int outputs = all.outcome().outputs();
    int[] ordered =
        IntStream.range(0, all.rows())
            .boxed()
            .sorted(Comparator.comparing(row -> all.values()[row * outputs]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] chosen =
        IntStream.range(0, rows)
            .map(row -> ordered[(int) ((row + 0.5) * ordered.length / rows)])
            .toArray();
    Operand<TFloat32> values =
        tf.constant(Shape.of(rows, outputs), DataBuffers.of(all.select(chosen).values()));
    return new BatchNumbers<>(tf.dtypes.cast(values, type), outputs, all.outcome().loss());
  }
}
