package io.tandem.graph.hypergradient.reversible;

import java.util.Arrays;

/**
 * Optimizer settings for every step and layer, each array {@code [steps, layers]}.
 *
 * @param learningRate α, positive
 * @param momentum β, 0.001 up to but not including 1
 * @param weightDecay λ, not negative; 0 for none
 */
public record MomentumSchedule(
    double[][] learningRate, double[][] momentum, double[][] weightDecay) {
  /** Smallest momentum: less would leave too few digits of the velocity. */
  public static final double LEAST_MOMENTUM = 0.001;

  /** Copies the arrays and checks sizes and ranges. */
  public MomentumSchedule {
    learningRate = copy(learningRate);
    momentum = copy(momentum);
    weightDecay = copy(weightDecay);
    int steps = learningRate.length;
    if (steps == 0 || momentum.length != steps || weightDecay.length != steps) {
      throw new IllegalArgumentException("a schedule needs at least one step, alike for all");
    }
    int layers = learningRate[0].length;
    for (int step = 0; step < steps; step++) {
      if (learningRate[step].length != layers
          || momentum[step].length != layers
          || weightDecay[step].length != layers) {
        throw new IllegalArgumentException("every step of a schedule has the same layers");
      }
      for (int layer = 0; layer < layers; layer++) {
        check("learning rate", step, layer, learningRate[step][layer], Double.MIN_VALUE, 1e300);
        double largest = Math.nextDown(1.0);
        check("momentum", step, layer, momentum[step][layer], LEAST_MOMENTUM, largest);
        check("weight decay", step, layer, weightDecay[step][layer], 0, 1e300);
      }
    }
  }

  /**
   * The same settings in every step and layer.
   *
   * @param steps number of steps
   * @param layers number of layers
   * @param learningRate α
   * @param momentum β
   * @param weightDecay λ
   */
  public static MomentumSchedule constant(
      int steps, int layers, double learningRate, double momentum, double weightDecay) {
    return new MomentumSchedule(
        filled(steps, layers, learningRate),
        filled(steps, layers, momentum),
        filled(steps, layers, weightDecay));
  }

  /** Number of steps. */
  public int steps() {
    return learningRate.length;
  }

  /** Number of layers. */
  public int layers() {
    return learningRate[0].length;
  }

  private static double[][] filled(int steps, int layers, double value) {
    double[][] all = new double[steps][layers];
    for (double[] row : all) {
      Arrays.fill(row, value);
    }
    return all;
  }

  private static double[][] copy(double[][] values) {
    return Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
  }

  private static void check(
      String name, int step, int layer, double value, double least, double largest) {
    if (!(value >= least && value <= largest)) {
      throw new IllegalArgumentException(
          name
              + " of step "
              + step
              + ", layer "
              + layer
              + ": "
              + value
              + " is not allowed, expected "
              + least
              + ".."
              + largest);
    }
  }
}
