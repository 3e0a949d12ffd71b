package io.tandem.graph.joint.policy;

import io.tandem.graph.joint.LookAhead;
import io.tandem.space.Choices;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the controller learns from a batch of {@code M} samples: the coefficients of the surrogate
 * whose gradient is the estimate of ∇J (method A: each sample has an inner loop of its own).
 *
 * @param samples the choices made, in order
 * @param given whether the continuous choices are constants, whose density is scored; else they are
 *     drawn again from the noise, and can be differentiated
 * @param seed the seed they were drawn with
 * @param step the step they were drawn with
 * @param direct coefficients of {@code log π(a)}, {@code [M]}
 * @param response coefficients of {@code log π(a, h_discrete)}, {@code [M]}
 * @param density coefficients of the log-density of the continuous decisions, {@code [M]}; zero
 *     where they are learned pathwise
 * @param pathwise derivative of the loss by every continuous decision, {@code [M][continuous]}
 * @param gates coefficients of the architecture's choices; null where they learn by their score.
 *     With gates {@code response} goes to the other discrete decisions alone
 * @param shape whether {@code response} goes to the architecture alone, as {@link LookAhead#SHAPE}
 *     has it
 */
public record PolicyFeedback(
    List<Choices> samples,
    boolean given,
    long seed,
    long step,
    double[] direct,
    double[] response,
    double[] density,
    double[][] pathwise,
    @Nullable GateFeedback gates,
    boolean shape) {

  /** Feedback from which all decisions learn. */
  public PolicyFeedback(
      List<Choices> samples,
      boolean given,
      long seed,
      long step,
      double[] direct,
      double[] response,
      double[] density,
      double[][] pathwise,
      @Nullable GateFeedback gates) {
    this(samples, given, seed, step, direct, response, density, pathwise, gates, false);
  }

  /**
   * The samples as they are given, with no coefficients.
   *
   * @param samples the choices made
   */
  static PolicyFeedback given(List<Choices> samples) {
    int count = samples.size();
    int continuous = samples.isEmpty() ? 0 : samples.get(0).continuous().size();
    return new PolicyFeedback(
        samples,
        true,
        0,
        0,
        new double[count],
        new double[count],
        new double[count],
        new double[count][continuous],
        null);
  }

  /**
   * Weighted likelihood of samples that are given.
   *
   * @param samples the choices made
   * @param weights of each
   */
  static PolicyFeedback likely(List<Choices> samples, double[] weights) {
    double[] falling = new double[weights.length];
    for (int m = 0; m < falling.length; m++) {
      falling[m] = -weights[m];
    }
    PolicyFeedback given = given(samples);
    return new PolicyFeedback(
        samples, true, 0, 0, given.direct, falling, falling.clone(), given.pathwise, null);
  }

  /** What belongs to the direct gradient alone. */
  PolicyFeedback directPart() {
    int count = samples.size();
    return new PolicyFeedback(
        samples,
        given,
        seed,
        step,
        direct,
        new double[count],
        new double[count],
        new double[count][continuous()],
        gates == null ? null : gates.directPart());
  }

  /** What belongs to the response gradient alone. */
  PolicyFeedback responsePart() {
    double[] architecture = new double[samples.size()];
    double[] discrete = shape ? new double[samples.size()] : response;
    for (int m = 0; m < architecture.length; m++) {
      if (gates != null) {
        // Taken off the score of the architecture, which is part of that of all discrete decisions.
        architecture[m] = -discrete[m];
      } else if (shape) {
        architecture[m] = response[m];
      }
    }
    return new PolicyFeedback(
        samples,
        given,
        seed,
        step,
        architecture,
        discrete,
        density,
        pathwise,
        gates == null ? null : gates.responsePart());
  }

  /** The gradient's parts, each by itself. */
  List<PolicyPart> parts() {
    return List.of(
        new PolicyPart(PolicyPart.Kind.DIRECT, directPart()),
        new PolicyPart(PolicyPart.Kind.RESPONSE, responsePart()),
        new PolicyPart(PolicyPart.Kind.REGULARISER, noPart()));
  }

  /** The same samples without coefficients. */
  PolicyFeedback noPart() {
    PolicyFeedback empty = given(samples);
    return new PolicyFeedback(
        samples,
        given,
        seed,
        step,
        empty.direct,
        empty.response,
        empty.density,
        empty.pathwise,
        gates == null ? null : gates.noPart());
  }

  /**
   * The same with other units of the continuous decisions.
   *
   * @param slopes derivative of each decision's value by its share, {@code [M][continuous]}
   */
  public PolicyFeedback perShare(double[][] slopes) {
    double[][] scaled = new double[pathwise.length][];
    for (int m = 0; m < pathwise.length; m++) {
      scaled[m] = pathwise[m].clone();
      for (int d = 0; d < scaled[m].length; d++) {
        scaled[m][d] *= slopes[m][d];
      }
    }
    return new PolicyFeedback(
        samples, given, seed, step, direct, response, density, scaled, gates, shape);
  }

  /**
   * The same for decisions that shape the network and its training loss alone: those of the
   * architecture, and some continuous ones.
   *
   * @param kept which continuous decisions learn, in their order
   */
  public PolicyFeedback shaping(boolean... kept) {
    double[][] masked = new double[pathwise.length][];
    for (int m = 0; m < pathwise.length; m++) {
      masked[m] = pathwise[m].clone();
      for (int d = 0; d < masked[m].length; d++) {
        masked[m][d] = kept[d] ? masked[m][d] : 0;
      }
    }
    return new PolicyFeedback(
        samples, given, seed, step, direct, response, density, masked, gates, true);
  }

  /**
   * What a controller learns that makes the decisions of the architecture alone.
   *
   * @param networks its part of the samples
   */
  PolicyFeedback ofArchitecture(List<Choices> networks) {
    int count = samples.size();
    return new PolicyFeedback(
        networks,
        given,
        seed,
        step,
        direct,
        response,
        new double[count],
        new double[count][0],
        gates,
        shape);
  }

  /**
   * What a controller learns that makes the decisions of the optimizer alone.
   *
   * @param trainings its part of the samples
   * @param otherSeed the seed that it drew them with
   */
  PolicyFeedback ofOptimizer(List<Choices> trainings, long otherSeed) {
    double[] none = new double[samples.size()];
    return new PolicyFeedback(
        trainings, given, otherSeed, step, none, shape ? none : response, density, pathwise, null);
  }

  private int continuous() {
    return pathwise.length == 0 ? 0 : pathwise[0].length;
  }
}
