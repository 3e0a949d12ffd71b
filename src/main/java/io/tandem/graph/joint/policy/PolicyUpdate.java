package io.tandem.graph.joint.policy;

/**
 * What one update of the controller did.
 *
 * @param directNorm Euclidean norm of the direct gradient
 * @param responseNorm Euclidean norm of the response gradient
 * @param cosine cosine between the two; 0 if one of them is 0
 * @param entropy mean entropy of the samples' decisions, nats
 * @param applied false if a gradient was not finite and the parameters were left alone
 */
public record PolicyUpdate(
    double directNorm, double responseNorm, double cosine, double entropy, boolean applied) {}
