package io.tandem.graph.joint.response;

/**
 * What one candidate's share of a shared step does to the judgement.
 *
 * @param change {@code s = <U(w; λ) - w, ν>}: to first order, how much the judges' loss would
 *     change if the whole step were this candidate's
 * @param pathwise derivative of {@code change} by every continuous decision, in its own unit
 * @param gates derivative of {@code change} by the gates of the architecture; none without gates
 * @param dropped whether the step is not finite or goes too far; then it moves nothing
 */
public record SharedPull(double change, double[] pathwise, double[] gates, boolean dropped) {}
