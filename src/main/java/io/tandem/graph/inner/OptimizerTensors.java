package io.tandem.graph.inner;

import io.tandem.graph.core.Scalars;
import io.tandem.space.Hyperparameter;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * An optimizer's settings as tensors of the graph, in their units (not logarithms): scalars, or
 * tensors of a weight's shape where {@code perWeight} tells the weights apart.
 *
 * @param <T> float32 or float64
 * @param family position of the family in the list that the update chooses from
 * @param values settings; an absent weight decay is none, an absent clip norm no clipping, an
 *     absent momentum 0
 * @param scheduleFactor factor on the learning rate
 * @param secondMoment constants of the families with a second moment; null: those of {@link
 *     InnerSettings}
 * @param perWeight the settings of every weight, in order, which then replace these; empty where
 *     all weights share one. Weights with one instance, or one clip norm, share its operations
 */
public record OptimizerTensors<T extends TNumber>(
    Operand<TInt32> family,
    Map<Hyperparameter, Operand<T>> values,
    Operand<T> scheduleFactor,
    @Nullable SecondMoment<T> secondMoment,
    List<OptimizerTensors<T>> perWeight) {

  /**
   * Settings that all weights share, with the constants of {@link InnerSettings}.
   *
   * @param family position of the family in the list that the update chooses from
   * @param values settings
   * @param scheduleFactor factor on the learning rate
   */
  public OptimizerTensors(
      Operand<TInt32> family, Map<Hyperparameter, Operand<T>> values, Operand<T> scheduleFactor) {
    this(family, values, scheduleFactor, null, List.of());
  }

  /** Checks that there is a learning rate. */
  public OptimizerTensors {
    // In the order of the enum: that of Map.copyOf differs from process to process, and with it
    // would the order of the graph's nodes and of its sums.
    values = Collections.unmodifiableMap(new EnumMap<>(values));
    perWeight = List.copyOf(perWeight);
    if (!values.containsKey(Hyperparameter.LEARNING_RATE)) {
      throw new IllegalArgumentException("an optimizer needs a learning rate");
    }
  }

  /** A setting, or null if it is absent. */
  public @Nullable Operand<T> find(Hyperparameter hyperparameter) {
    return values.get(hyperparameter);
  }

  /** The settings of one weight. */
  OptimizerTensors<T> at(int weight) {
    return perWeight.isEmpty() ? this : perWeight.get(weight);
  }

  /** Decay of the second moment. */
  Operand<T> beta2(Ops tf, InnerSettings settings) {
    return secondMoment == null
        ? Scalars.of(tf, settings.beta2(), scheduleFactor.type())
        : secondMoment.decay();
  }

  /** Square of the term in the denominator. */
  Operand<T> floor(Ops tf, InnerSettings settings) {
    return secondMoment == null
        ? Scalars.of(tf, settings.epsilon() * settings.epsilon(), scheduleFactor.type())
        : tf.math.square(secondMoment.epsilon());
  }

  /** The learning rate times its schedule's factor. */
  Operand<T> stepSize(Ops tf) {
    return tf.math.mul(
        Objects.requireNonNull(values.get(Hyperparameter.LEARNING_RATE)), scheduleFactor);
  }

  /** The momentum, 0 if absent. */
  Operand<T> momentum(Ops tf) {
    Operand<T> momentum = find(Hyperparameter.MOMENTUM);
    return momentum == null ? Scalars.of(tf, 0, scheduleFactor.type()) : momentum;
  }

  /** A gradient with the pull of the weight decay added. */
  Operand<T> decayed(Ops tf, Operand<T> gradient, Operand<T> weight) {
    Operand<T> decay = find(Hyperparameter.WEIGHT_DECAY);
    return decay == null ? gradient : tf.math.add(gradient, tf.math.mul(decay, weight));
  }
}
