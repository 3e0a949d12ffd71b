package io.tandem.graph.inner;

import io.tandem.graph.core.Scalars;
import io.tandem.space.Hyperparameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2): {@code w ← w -
 * α(m̂/√v̂ + λw)}. Deviation: the decay is scaled by the learning rate too, as in common libraries.
 */
public final class AdamW extends WeightwiseUpdate {
  private final InnerSettings settings;

  /**
   * Creates the update.
   *
   * @param settings decay of the second moment, term in the denominator
   */
  public AdamW(InnerSettings settings) {
    this.settings = settings;
  }

  @Override
  <T extends TNumber> Rule<T> rule(Ops tf, OptimizerTensors<T> optimizer, Operand<T> steps) {
    Operand<T> rate = optimizer.stepSize(tf);
    AdamMoments<T> moments = new AdamMoments<>(tf, settings, optimizer, steps);
    return (cell, gradient) -> {
      Operand<T> first = moments.first(cell.first(), gradient);
      Operand<T> second = moments.second(cell.second(), gradient);
      Operand<T> pull = optimizer.decayed(tf, moments.direction(first, second), cell.weight());
      return new Cell<>(tf.math.sub(cell.weight(), tf.math.mul(rate, pull)), first, second);
    };
  }

  /**
   * AdamW rests where {@code g/√(g² + ε²) + λw = 0}, because at rest the moments are {@code g} and
   * {@code g²}. Solved for {@code g}, that is {@code g + ελw/√(1 - (λw)²) = 0}, a decay of about
   * {@code ελ}: the rate at which noisy gradients are decayed far from rest does not count here.
   */
  @Override
  public <T extends TNumber> List<Operand<T>> stationarity(
      Ops tf, OptimizerTensors<T> optimizer, List<Operand<T>> weights, List<Operand<T>> gradients) {
    List<Operand<T>> conditions = new ArrayList<>();
    for (int index = 0; index < weights.size(); index++) {
      OptimizerTensors<T> own = optimizer.at(index);
      Operand<T> decay = own.find(Hyperparameter.WEIGHT_DECAY);
      if (decay == null) {
        conditions.add(gradients.get(index));
        continue;
      }
      Class<T> type = decay.type();
      Operand<T> pull = tf.math.mul(decay, weights.get(index));
      // Beyond |λw| = 1 there is no rest; the lowest value keeps it finite there.
      Operand<T> lowest = Scalars.of(tf, 1e-6, type);
      Operand<T> rest = tf.math.maximum(Scalars.complement(tf, tf.math.square(pull)), lowest);
      Operand<T> epsilon = tf.math.sqrt(own.floor(tf, settings));
      Operand<T> scaled = tf.math.mul(tf.math.mul(epsilon, pull), tf.math.rsqrt(rest));
      conditions.add(tf.math.add(gradients.get(index), scaled));
    }
    return conditions;
  }

  @Override
  public <T extends TNumber> Optional<Operand<T>> uniformDecay(OptimizerTensors<T> optimizer) {
    return Optional.empty();
  }
}
