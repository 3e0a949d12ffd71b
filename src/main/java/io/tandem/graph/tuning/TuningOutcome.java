package io.tandem.graph.tuning;

import io.tandem.graph.hypergradient.SolverOutcome;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a training with one point came to. Arrays are handed out as they are.
 *
 * @param outerLoss outer loss after the training, nats
 * @param accuracy share of validation rows classified correctly after it, 0..1
 * @param learningCurve training loss before every step, with the penalty; empty without a response
 * @param direct derivative of the outer loss by the point at fixed weights
 * @param response what the training adds to it
 * @param problem why there are no numbers, empty where that is not known or there are some
 * @param solver how the linear system was solved; null unless the estimator is implicit
 * @param rest how the training came to rest; null unless it was to
 */
public record TuningOutcome(
    double outerLoss,
    double accuracy,
    double[] learningCurve,
    double[] direct,
    double[] response,
    String problem,
    @Nullable SolverOutcome solver,
    @Nullable RestOutcome rest) {

  /**
   * An outcome without a known problem.
   *
   * @param outerLoss outer loss after the training, nats
   * @param accuracy share of validation rows classified correctly after it, 0..1
   * @param learningCurve training loss before every step
   * @param direct derivative of the outer loss by the point at fixed weights
   * @param response what the training adds to it
   */
  public TuningOutcome(
      double outerLoss,
      double accuracy,
      double[] learningCurve,
      double[] direct,
      double[] response) {
    this(outerLoss, accuracy, learningCurve, direct, response, "", null, null);
  }

  /**
   * A training that came to nothing.
   *
   * @param length number of coordinates
   * @param problem why
   */
  public static TuningOutcome failed(int length, String problem) {
    double[] none = new double[length];
    Arrays.fill(none, Double.NaN);
    return new TuningOutcome(
        Double.NaN, Double.NaN, new double[0], none, none, problem, null, null);
  }

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
