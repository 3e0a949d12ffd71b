package io.tandem.graph.hypergradient.reversible;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The fed {@link StepCoefficients} of one layer as scalars of the graph.
 *
 * @param <T> type of the adjoints
 */
record LayerScalars<T extends TNumber>(
    Operand<TInt64> numerator,
    Operand<TFloat64> pull,
    Operand<TFloat64> move,
    Operand<T> decay,
    Operand<T> pullOfAdjoint,
    Operand<T> moveOfAdjoint,
    Operand<T> factorOfAdjoint) {

  /** The layers of a fed tensor {@code [layers, 5]}. */
  static <T extends TNumber> List<LayerScalars<T>> of(
      Ops tf, Operand<TFloat64> fed, int layers, Class<T> type) {
    List<LayerScalars<T>> all = new ArrayList<>();
    for (Operand<TFloat64> row : tf.unstack(fed, (long) layers)) {
      List<? extends Operand<TFloat64>> values =
          tf.unstack(row, (long) StepCoefficients.FED).output();
      all.add(
          new LayerScalars<>(
              tf.dtypes.cast(values.get(0), TInt64.class),
              values.get(1),
              values.get(2),
              tf.dtypes.cast(values.get(4), type),
              tf.dtypes.cast(values.get(1), type),
              tf.dtypes.cast(values.get(2), type),
              tf.dtypes.cast(values.get(3), type)));
    }
    return all;
  }
}
