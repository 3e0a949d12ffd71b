package io.tandem.graph.joint.response;

/**
 * What an inner loop of one candidate showed.
 *
 * @param before validation loss with the shared weights
 * @param after validation loss after the inner loop
 * @param accuracy validation accuracy after the inner loop, 0..1
 * @param direct derivative of {@code before} by every continuous decision, in order and in its own
 *     unit
 * @param response the rest of the derivative of {@code after}
 * @param gates derivatives by the gates, of {@code before} and the rest
 * @param dropped whether any of it is not finite or the loss exploded
 */
public record Response(
    double before,
    double after,
    double accuracy,
    double[] direct,
    double[] response,
    GateDerivatives gates,
    boolean dropped) {}
