package io.tandem.graph.controller;

import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * What a policy says of a batch of samples; {@code R} is the number of rows, those of the first
 * part first, in every part all samples.
 *
 * @param <T> type of reals
 * @param continuous shares in (0, 1) of the continuous decisions, {@code [R, continuous]};
 *     differentiable with respect to the parameters (reparameterised) where they are drawn
 * @param logArchitecture log-probability of the architecture decisions, {@code [R]}
 * @param logChoices log-probability of every choice of the architecture, {@code [R, integers]}
 * @param logDiscrete log-probability of all discrete decisions, {@code [R]}
 * @param logContinuous log-density of the continuous decisions in the Gaussian coordinate with the
 *     drawn point held constant, {@code [R]}; its gradient is the score
 * @param entropy entropy summed over all decisions of the path taken, {@code [R]}
 * @param skipPenalty Kullback-Leibler divergence of the skip rate from its target, {@code [R]}
 * @param gradient differentiates by the parameters, part by part
 */
public record PolicySample<T extends TNumber>(
    Operand<T> continuous,
    Operand<T> logArchitecture,
    Operand<T> logChoices,
    Operand<T> logDiscrete,
    Operand<T> logContinuous,
    Operand<T> entropy,
    Operand<T> skipPenalty,
    PartGradient<T> gradient) {}
