package io.tandem.graph.objective;

import io.tandem.graph.core.Scalars;
import io.tandem.outcome.RegressionLoss;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Standardised numbers of some rows, for networks whose outputs are these numbers. The loss of a
 * row is the mean over its numbers.
 *
 * @param <T> type of reals
 * @param values {@code [batch, outputs]}
 * @param outputs numbers of a row
 * @param form how errors count
 */
public record BatchNumbers<T extends TNumber>(Operand<T> values, int outputs, RegressionLoss form)
    implements BatchTargets<T> {
  @Override
  public BatchNumbers<T> gather(Ops tf, Operand<TInt32> rows) {
    return new BatchNumbers<>(tf.gather(values, rows, tf.constant(0)), outputs, form);
  }

  @Override
  public Operand<T> losses(Ops tf, Operand<T> output, @Nullable Operand<T> smoothing) {
    if (smoothing != null) {
      throw new IllegalArgumentException("numbers are not smoothed");
    }
    return tf.math.mean(each(tf, tf.math.sub(output, values)), tf.constant(1));
  }

  private Operand<T> each(Ops tf, Operand<T> errors) {
    return switch (form.kind()) {
      case SQUARED -> tf.math.square(errors);
      case ABSOLUTE -> tf.math.abs(errors);
      case HUBER -> huber(tf, errors);
    };
  }

  private Operand<T> huber(Ops tf, Operand<T> errors) {
    Class<T> type = errors.type();
    Operand<T> size = tf.math.abs(errors);
    Operand<T> near = tf.math.minimum(size, Scalars.of(tf, form.delta(), type));
    return tf.math.mul(near, tf.math.sub(size, tf.math.mul(Scalars.of(tf, 0.5, type), near)));
  }

  @Override
  public Operand<T> loss(Ops tf, Operand<T> output, LossShape<T> shape) {
    Operand<T> losses = losses(tf, output, shape.smoothing());
    return tf.math.mean(shape.weighted(tf, losses), tf.constant(0));
  }

  @Override
  public Operand<TFloat64> judged(Ops tf, Operand<T> output) {
    return tf.reshape(
        tf.dtypes.cast(loss(tf, output, LossShape.plain()), TFloat64.class),
        tf.constant(new int[] {1}));
  }

  @Override
  public Operand<TFloat64> tally(Ops tf, Operand<T> output) {
    return tf.reduceSum(squares(tf, output), tf.constant(0));
  }

  @Override
  public Operand<TFloat64> score(Ops tf, Operand<T> output) {
    return tf.math.sub(
        tf.constant(1.0), tf.math.mean(squares(tf, output), tf.constant(new int[] {0, 1})));
  }

  private Operand<TFloat64> squares(Ops tf, Operand<T> output) {
    return tf.math.square(tf.dtypes.cast(tf.math.sub(output, values), TFloat64.class));
  }
}
