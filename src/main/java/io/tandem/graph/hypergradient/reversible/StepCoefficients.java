package io.tandem.graph.hypergradient.reversible;

/**
 * What one step does with one layer, whatever the rule: {@code u ← (n/d)u - c·p}, {@code w ← w +
 * s·u}.
 *
 * @param numerator n, an integer in [1, d]
 * @param pull c
 * @param move s
 * @param factor what the adjoint of the velocity is multiplied by
 * @param decay λ in {@code p = g + λw}
 * @param scale velocity per stored velocity, ρ
 */
record StepCoefficients(
    double numerator, double pull, double move, double factor, double decay, double scale) {
  /** Number of values that the graph is fed per layer. */
  static final int FED = 5;

  /** The values that the graph is fed, in its order. */
  double[] fed() {
    return new double[] {numerator, pull, move, factor, decay};
  }
}
