package io.tandem.graph.joint.policy;

import io.tandem.space.Choices;
import java.util.List;

/** A controller in a session: it draws candidates and learns how they did. */
public interface LearningPolicy {
  /**
   * Draws a batch; the same arguments and parameters give the same choices.
   *
   * @param count number of samples
   * @param seed seed of the run and purpose
   * @param step which draw
   */
  List<Choices> sample(int count, long seed, long step);

  /**
   * Log-density of the continuous choices of given samples, in the Gaussian coordinate.
   *
   * @param choices samples to score
   */
  double[] logDensities(List<Choices> choices);

  /**
   * Log-probability of the discrete choices of given samples.
   *
   * @param choices samples to score
   */
  double[] logProbabilities(List<Choices> choices);

  /**
   * Updates the controller, unless a number is not finite.
   *
   * @param feedback coefficients
   */
  PolicyUpdate update(PolicyFeedback feedback);

  /**
   * Raises the likelihood of given samples, by steps along the gradient of {@code Σ weight log
   * π(sample)}. The regularisers, which keep a policy gradient from ending in one point, have no
   * part in it: what the samples do not say comes from those that are drawn uniformly. A step whose
   * gradient is not finite is skipped.
   *
   * @param best the samples
   * @param weights of each, positive
   * @param steps how many
   */
  void raise(List<Choices> best, double[] weights, int steps);
}
