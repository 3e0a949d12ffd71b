package io.tandem.graph.hypergradient.reversible;

/**
 * Inner products of one reverse step, summed over the weights of a layer; {@code dw} and {@code du}
 * are derivatives of the outer loss by weights and stored velocity after the step.
 *
 * @param move {@code dw · u} after the step
 * @param velocity {@code du · u} before the step
 * @param pull {@code du · p}
 * @param decay derivative by λ
 */
record Products(double move, double velocity, double pull, double decay) {
  /** Number of products. */
  static final int COUNT = 4;

  static final Products NONE = new Products(0, 0, 0, 0);

  /** Adds the products of another variable of the layer. */
  Products plus(double[] more) {
    return new Products(move + more[0], velocity + more[1], pull + more[2], decay + more[3]);
  }
}
