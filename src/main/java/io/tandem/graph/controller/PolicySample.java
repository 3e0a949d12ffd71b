package io.tandem.graph.controller;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * A batch of samples of a policy inside the graph; {@code M} is the number of samples.
 *
 * @param <T> type of reals
 * @param discrete choices, int32 {@code [M, discrete]}
 * @param continuous shares in (0, 1) that the continuous decisions chose, {@code [M, continuous]};
 *     differentiable with respect to the parameters (reparameterised) where they were drawn
 * @param logArchitecture log-probability of the architecture decisions, {@code [M]}
 * @param logChoices log-probability of every choice of the architecture, one tensor per decision:
 *     {@code [M]}, or {@code [M, width]} for a decision of several choices
 * @param logDiscrete log-probability of all discrete decisions, {@code [M]}
 * @param logContinuous log-density of the continuous decisions in the Gaussian coordinate with the
 *     drawn point held constant, {@code [M]}; its gradient is the score
 * @param entropy entropy summed over all decisions of the path taken, {@code [M]}
 * @param skipPenalty Kullback-Leibler divergence of the skip rate from its target, {@code [M]}
 * @param vector the variable that holds all parameters end to end
 * @param parameters the parameters in their shapes, cut from the vector in its order
 */
public record PolicySample<T extends TNumber>(
    Operand<TInt32> discrete,
    Operand<T> continuous,
    Operand<T> logArchitecture,
    List<Operand<T>> logChoices,
    Operand<T> logDiscrete,
    Operand<T> logContinuous,
    Operand<T> entropy,
    Operand<T> skipPenalty,
    Variable<T> vector,
    List<Operand<T>> parameters) {
  /** Copies the lists. */
  public PolicySample {
    logChoices = List.copyOf(logChoices);
    parameters = List.copyOf(parameters);
  }
}
