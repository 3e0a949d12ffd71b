package io.tandem.graph.hypergradient.reversible;

/**
 * Derivatives of the outer loss by the entries of a schedule, each array {@code [steps, layers]}.
 *
 * @param schedule where they were taken
 * @param learningRate by α
 * @param momentum by β
 * @param weightDecay by λ
 */
public record ScheduleGradient(
    MomentumSchedule schedule,
    double[][] learningRate,
    double[][] momentum,
    double[][] weightDecay) {

  /** By {@code log α}. */
  public double[][] logLearningRate() {
    return product(learningRate, schedule.learningRate());
  }

  /** By {@code log(β / (1 - β))}. */
  public double[][] logitMomentum() {
    double[][] slope = new double[schedule.steps()][schedule.layers()];
    for (int step = 0; step < slope.length; step++) {
      for (int layer = 0; layer < slope[step].length; layer++) {
        double beta = schedule.momentum()[step][layer];
        slope[step][layer] = beta * (1 - beta);
      }
    }
    return product(momentum, slope);
  }

  /** By {@code log λ}; 0 where there is no weight decay. */
  public double[][] logWeightDecay() {
    return product(weightDecay, schedule.weightDecay());
  }

  private static double[][] product(double[][] left, double[][] right) {
    double[][] all = new double[left.length][];
    for (int step = 0; step < left.length; step++) {
      all[step] = new double[left[step].length];
      for (int layer = 0; layer < left[step].length; layer++) {
        all[step][layer] = left[step][layer] * right[step][layer];
      }
    }
    return all;
  }
}
