package io.tandem.graph.tuning;

/**
 * Where a training to rest and the solver of its response may begin: where those before ended
 * (Pedregosa 2016, section 5). Arrays are handed out as they are.
 *
 * @param weights all weights in the order of the network, row by row; empty for the initial ones
 * @param solution of the linear system, in the same order; empty for zeros
 */
public record WarmStart(double[] weights, double[] solution) {
  /** Nothing is known yet. */
  public static WarmStart none() {
    return new WarmStart(new double[0], new double[0]);
  }
}
