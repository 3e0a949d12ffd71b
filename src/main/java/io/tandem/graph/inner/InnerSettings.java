package io.tandem.graph.inner;

import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.Restarts;

/**
 * The unrolled inner loop.
 *
 * @param unrollSteps number of differentiable training steps, 0..100; 0 only without response
 * @param beta2 decay of the second moment of RMSProp, Adam and AdamW, in [0, 1)
 * @param epsilon term in the denominator of RMSProp, Adam and AdamW, positive
 * @param restarts of the schedule that has some
 */
public record InnerSettings(int unrollSteps, double beta2, double epsilon, Restarts restarts) {
  /** Checks the ranges. */
  public InnerSettings {
    if (unrollSteps < 0) {
      throw new IllegalArgumentException("unrollSteps cannot be negative");
    }
    if (!(beta2 >= 0 && beta2 < 1 && epsilon > 0)) {
      throw new IllegalArgumentException("beta2 or epsilon is out of its range");
    }
  }

  /** A loop whose schedules have no restarts. */
  public InnerSettings(int unrollSteps, double beta2, double epsilon) {
    this(unrollSteps, beta2, epsilon, Restarts.none());
  }

  /** The same, with the constants of an optimizer that has its own. */
  public InnerSettings of(OptimizerSettings optimizer) {
    double own = optimizer.get(Hyperparameter.BETA2);
    return new InnerSettings(
        unrollSteps, own == 0 ? beta2 : own, optimizer.epsilon().orElse(epsilon), restarts);
  }
}
