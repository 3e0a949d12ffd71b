package io.tandem.graph.joint.policy;

/**
 * The gradient of the controller's surrogate by all of its parameters, end to end, in parts.
 *
 * @param direct what the architectures' losses before any inner step contribute
 * @param response what training contributes
 * @param regulariser what the entropy bonus and the skip penalty contribute
 * @param entropy mean entropy of the samples' decisions, nats
 */
public record PolicyGradient(
    double[] direct, double[] response, double[] regulariser, double entropy) {}
