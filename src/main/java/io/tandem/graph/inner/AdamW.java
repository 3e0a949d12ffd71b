package io.tandem.graph.inner;

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
}
