package io.tandem.graph.inner;

import io.tandem.space.Hyperparameter;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * An optimizer's settings as scalars of the graph, in their units (not logarithms).
 *
 * @param <T> float32 or float64
 * @param family position of the family in the list that the update chooses from
 * @param values settings; an absent weight decay is none, an absent clip norm no clipping, an
 *     absent momentum 0
 * @param scheduleFactor factor on the learning rate
 */
public record OptimizerTensors<T extends TNumber>(
    Operand<TInt32> family, Map<Hyperparameter, Operand<T>> values, Operand<T> scheduleFactor) {

  /** Checks that there is a learning rate. */
  public OptimizerTensors {
    values = Map.copyOf(values);
    if (!values.containsKey(Hyperparameter.LEARNING_RATE)) {
      throw new IllegalArgumentException("an optimizer needs a learning rate");
    }
  }

  /** A setting, or null if it is absent. */
  public @Nullable Operand<T> find(Hyperparameter hyperparameter) {
    return values.get(hyperparameter);
  }

  /** The learning rate times its schedule's factor. */
  Operand<T> stepSize(Ops tf) {
    return tf.math.mul(
        Objects.requireNonNull(values.get(Hyperparameter.LEARNING_RATE)), scheduleFactor);
  }

  /** The momentum, 0 if absent. */
  Operand<T> momentum(Ops tf) {
    Operand<T> momentum = find(Hyperparameter.MOMENTUM);
    return momentum == null ? Numbers.constant(tf, 0, scheduleFactor.type()) : momentum;
  }

  /** A gradient with the pull of the weight decay added. */
  Operand<T> decayed(Ops tf, Operand<T> gradient, Operand<T> weight) {
    Operand<T> decay = find(Hyperparameter.WEIGHT_DECAY);
    return decay == null ? gradient : tf.math.add(gradient, tf.math.mul(decay, weight));
  }
}
