package io.tandem.graph.tuning;

import java.util.Arrays;

/**
 * What a training with one point came to. Arrays are handed out as they are.
 *
 * @param outerLoss outer loss after the training, nats
 * @param accuracy share of validation rows classified correctly after it, 0..1
 * @param learningCurve training loss before every step, with the penalty; empty without a response
 * @param direct derivative of the outer loss by the point at fixed weights
 * @param response what the training adds to it
 */
public record TuningOutcome(
    double outerLoss, double accuracy, double[] learningCurve, double[] direct, double[] response) {

  /** Training loss before the last step; NaN if there was none. */
  public double trainingLoss() {
    return learningCurve.length == 0 ? Double.NaN : learningCurve[learningCurve.length - 1];
  }

  /** The whole derivative: direct plus response; a new array. */
  public double[] total() {
    double[] total = direct.clone();
    Arrays.setAll(total, index -> direct[index] + response[index]);
    return total;
  }

  /** Whether the loss and the whole derivative are numbers. */
  public boolean isFinite() {
    return Double.isFinite(outerLoss) && Arrays.stream(total()).allMatch(Double::isFinite);
  }
}
