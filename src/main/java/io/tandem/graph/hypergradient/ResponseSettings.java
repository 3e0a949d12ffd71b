package io.tandem.graph.hypergradient;

/** Which estimator supplies the response gradient. */
public sealed interface ResponseSettings {
  /** The estimator with these settings. */
  HypergradientEstimator estimator();

  /** Its name in configurations, for example {@code conjugate_gradient}. */
  String key();

  /** No response: the direct gradient only, which is ENAS (Pham et al. 2018). */
  record None() implements ResponseSettings {
    @Override
    public HypergradientEstimator estimator() {
      return new NoResponse();
    }

    @Override
    public String key() {
      return "none";
    }
  }

  /**
   * Differentiation through the unrolled training steps.
   *
   * @param truncate number of last steps that are differentiated, from 1; 0 for all
   * @param recompute whether only the states between steps are kept, and each step is computed a
   *     second time when its derivative is due
   */
  record Unrolled(int truncate, boolean recompute) implements ResponseSettings {
    /** Checks the range. */
    public Unrolled {
      if (truncate < 0) {
        throw new IllegalArgumentException("truncate is " + truncate + ", expected 0 or more");
      }
    }

    @Override
    public HypergradientEstimator estimator() {
      return new io.tandem.graph.hypergradient.Unrolled(this);
    }

    @Override
    public String key() {
      return "unrolled";
    }

    /** All steps, with all activations kept. */
    public static Unrolled exact() {
      return new Unrolled(0, false);
    }
  }

  /**
   * The implicit function theorem with a linear system solved by conjugate gradients.
   *
   * @param iterations largest number of iterations, from 1
   * @param damping added to the Hessian's diagonal, at least 0
   * @param tolerance of the residual's norm, relative to that of the right side, at least 0
   */
  record ConjugateGradient(int iterations, double damping, double tolerance)
      implements ResponseSettings {
    /** Checks the ranges. */
    public ConjugateGradient {
      if (iterations < 1 || !(damping >= 0) || !(tolerance >= 0)) {
        throw new IllegalArgumentException(
            "iterations "
                + iterations
                + ", damping "
                + damping
                + ", tolerance "
                + tolerance
                + ": expected at least 1, 0, 0");
      }
    }

    @Override
    public HypergradientEstimator estimator() {
      return new io.tandem.graph.hypergradient.ConjugateGradient(this);
    }

    @Override
    public String key() {
      return "conjugate_gradient";
    }
  }

  /**
   * The implicit function theorem with a truncated Neumann series.
   *
   * @param terms largest number of terms, the zeroth included, from 1
   * @param scale factor {@code α} on the Hessian, positive; the series converges where it is below
   *     two over the largest eigenvalue
   */
  record Neumann(int terms, double scale) implements ResponseSettings {
    /** Checks the ranges. */
    public Neumann {
      if (terms < 1 || !(scale > 0)) {
        throw new IllegalArgumentException(
            "terms " + terms + ", scale " + scale + ": expected at least 1 and above 0");
      }
    }

    @Override
    public HypergradientEstimator estimator() {
      return new NeumannSeries(this);
    }

    @Override
    public String key() {
      return "neumann";
    }
  }

  /**
   * Exact reversal of SGD with momentum (Maclaurin et al. 2015). It drives a graph from outside, so
   * that it cannot be part of one: only a tuning uses it.
   */
  record Reversible() implements ResponseSettings {
    @Override
    public HypergradientEstimator estimator() {
      throw new IllegalStateException("reversible training is driven from outside the graph");
    }

    @Override
    public String key() {
      return "reversible";
    }
  }

  /** Whether training is assumed to be at rest, so that only what moves the rest has a response. */
  default boolean isImplicit() {
    return this instanceof ConjugateGradient || this instanceof Neumann;
  }
}
