package io.tandem.graph.joint.response;

/**
 * Derivatives by the gates of a sample's architecture decisions, one for every integer that records
 * the architecture; 0 for a shortcut that was not chosen, no elements without gates.
 *
 * @param direct of the loss with the weights held constant
 * @param response of what training adds to it
 */
public record GateDerivatives(double[] direct, double[] response) {
  /** Without gates. */
  static GateDerivatives none() {
    return new GateDerivatives(new double[0], new double[0]);
  }
}
