package io.tandem.tune;

/**
 * What an outer rule remembers.
 *
 * @param count steps taken since it last forgot
 * @param first first moment of Adam; empty before its first step
 * @param second second moment of Adam; empty before its first step
 * @param lipschitz HOAG's estimate L of the Lipschitz constant of the hypergradient; 0 before
 * @param loss HOAG's loss at the point before; infinite before its first step
 * @param moved HOAG's length of the last move
 */
public record OuterMemory(
    long count, double[] first, double[] second, double lipschitz, double loss, double moved) {
  /** Nothing yet. */
  public static OuterMemory empty() {
    return new OuterMemory(0, new double[0], new double[0], 0, Double.POSITIVE_INFINITY, 0);
  }

  /** Without Adam's moments, which belong to a path that was left; HOAG's estimate stays. */
  OuterMemory forgetful() {
    return new OuterMemory(0, new double[0], new double[0], lipschitz, Double.POSITIVE_INFINITY, 0);
  }
}
