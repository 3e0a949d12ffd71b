package io.tandem.graph.controller;

/**
 * The controller and its training.
 *
 * @param lstmUnits size of the LSTM's state, positive
 * @param initRange weights start uniformly in plus and minus this, positive
 * @param temperature divisor of the logits, positive; 0 is off
 * @param tanhConstant logits become {@code c * tanh(logit)}, positive; 0 is off
 * @param learningRate step size of Adam, positive
 * @param beta1 decay of Adam's first moment, in [0, 1)
 * @param epsilon term in Adam's denominator, positive
 * @param entropyWeight weight of the entropy added to the reward, not negative
 * @param skipTarget wanted probability of a skip, in (0, 1)
 * @param skipWeight weight of the divergence from {@code skipTarget}, not negative
 * @param initialStd standard deviation of new Gaussian heads in the squashed unconstrained
 *     coordinate, positive
 * @param separate whether a second controller, which shares nothing with the first, makes the
 *     optimizer decisions, so that these do not depend on the architecture
 */
public record ControllerSettings(
    int lstmUnits,
    double initRange,
    double temperature,
    double tanhConstant,
    double learningRate,
    double beta1,
    double epsilon,
    double entropyWeight,
    double skipTarget,
    double skipWeight,
    double initialStd,
    boolean separate) {
  /** Checks the ranges. */
  public ControllerSettings {
    if (lstmUnits < 1) {
      throw new IllegalArgumentException("lstmUnits is not positive");
    }
    if (!(initRange > 0 && learningRate > 0 && epsilon > 0 && initialStd > 0)) {
      throw new IllegalArgumentException(
          "initRange, learningRate, epsilon and initialStd must be positive");
    }
    if (!(temperature >= 0 && tanhConstant >= 0 && entropyWeight >= 0 && skipWeight >= 0)) {
      throw new IllegalArgumentException(
          "temperature, tanhConstant, entropyWeight and skipWeight cannot be negative");
    }
    if (!(beta1 >= 0 && beta1 < 1 && skipTarget > 0 && skipTarget < 1)) {
      throw new IllegalArgumentException("beta1 or skipTarget is out of its range");
    }
  }
}
