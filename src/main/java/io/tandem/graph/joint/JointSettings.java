package io.tandem.graph.joint;

/**
 * How the child teaches the controller.
 *
 * @param responseThrough by which way the weights depend on the policy
 */
public record JointSettings(ResponseThrough responseThrough) {}
