package io.tandem.graph.hypergradient;

/**
 * How the tolerance of an implicit estimator decreases over outer steps (Pedregosa 2016, section
 * 4.1), so that early steps are cheap and the hypergradient's error is summable.
 */
public enum ToleranceSequence {
  /** {@code ε/k²}. */
  QUADRATIC {
    @Override
    public double at(double first, int step) {
      return first / ((double) step * step);
    }
  },
  /** {@code ε/k³}. */
  CUBIC {
    @Override
    public double at(double first, int step) {
      return first / ((double) step * step * step);
    }
  },
  /** {@code ε · 0.9^(k-1)}. */
  EXPONENTIAL {
    @Override
    public double at(double first, int step) {
      return first * Math.pow(0.9, step - 1.0);
    }
  };

  /**
   * The tolerance of an outer step.
   *
   * @param first tolerance {@code ε} of the first step, positive
   * @param step number {@code k} of the outer step, from 1
   */
  public abstract double at(double first, int step);
}
