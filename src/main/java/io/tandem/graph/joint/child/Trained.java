package io.tandem.graph.joint.child;

/**
 * What a training run of a few steps did to the weights.
 *
 * @param loss mean training loss
 * @param applied false if something was not finite or exploded and the weights were left alone
 */
public record Trained(double loss, boolean applied) {}
