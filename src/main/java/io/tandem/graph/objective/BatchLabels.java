package io.tandem.graph.objective;

import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Classes of some rows, for networks whose outputs are logits.
 *
 * @param <T> type of reals
 * @param labels {@code [batch]}, 0..outputs-1
 * @param outputs number of classes
 */
public record BatchLabels<T extends TNumber>(Operand<TInt32> labels, int outputs)
    implements BatchTargets<T> {
  @Override
  public BatchLabels<T> gather(Ops tf, Operand<TInt32> rows) {
    return new BatchLabels<>(tf.gather(labels, rows, tf.constant(0)), outputs);
  }

  @Override
  public Operand<T> losses(Ops tf, Operand<T> output, @Nullable Operand<T> smoothing) {
    return tf.math.neg(Loss.logLikelihoods(tf, output, labels, outputs, smoothing));
  }

  @Override
  public Operand<T> loss(Ops tf, Operand<T> output, LossShape<T> shape) {
    return Loss.crossEntropy(tf, output, labels, outputs, shape);
  }

  @Override
  public Operand<TFloat64> judged(Ops tf, Operand<T> output) {
    return Temperatures.losses(tf, output, scaled -> loss(tf, scaled, LossShape.plain()));
  }

  @Override
  public Operand<TFloat64> tally(Ops tf, Operand<T> output) {
    return tf.reshape(right(tf, output), tf.constant(new int[] {1}));
  }

  @Override
  public Operand<TFloat64> score(Ops tf, Operand<T> output) {
    return tf.math.div(right(tf, output), tf.dtypes.cast(tf.size(labels), TFloat64.class));
  }

  /** How many rows have their most probable class, scalar. */
  private Operand<TFloat64> right(Ops tf, Operand<T> output) {
    Operand<TInt32> predicted = tf.math.argMax(output, tf.constant(1), TInt32.class);
    Operand<TInt32> count =
        tf.reduceSum(
            tf.dtypes.cast(tf.math.equal(predicted, labels), TInt32.class), tf.constant(0));
    return tf.dtypes.cast(count, TFloat64.class);
  }
}
