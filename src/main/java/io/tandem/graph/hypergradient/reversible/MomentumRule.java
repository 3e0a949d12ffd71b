package io.tandem.graph.hypergradient.reversible;

/** The two conventions of SGD with momentum; {@code p} is the gradient plus {@code λw}. */
public enum MomentumRule {
  /**
   * {@code v ← βv - (1-β)p}, {@code w ← w + αv} (Maclaurin et al. 2015, algorithm 1). The velocity
   * decays by {@code n/d} with {@code d = 2^16}, {@code n = ⌊βd + 1⌋}, which exceeds β by at most
   * {@code 1/d}; everything else uses β itself, as the paper's own program does.
   */
  DAMPED {
    @Override
    StepCoefficients step(double rate, double momentum, double decay, double scale) {
      double numerator = Math.floor(momentum * Rational.DENOMINATOR + 1);
      return new StepCoefficients(numerator, 1 - momentum, rate, momentum, decay, 1);
    }

    @Override
    double byLearningRate(StepCoefficients step, Products products) {
      return products.move();
    }

    @Override
    double byMomentum(StepCoefficients step, double momentum, Products products) {
      return products.velocity() + products.pull();
    }
  },

  /**
   * {@code v ← βv - αp}, {@code w ← w + v} (Polyak 1964), the rule of {@link
   * io.tandem.graph.inner.Momentum}. Exact in β: what is stored is {@code u = v/ρ}, with {@code u ←
   * (n/d)u - (α/ρ)p}, {@code w ← w + ρu} and {@code ρ ← ρβd/n}. Every {@code n} is rounded so that
   * ρ stays next to 1: the rounding error of one step is made good by the next.
   */
  HEAVY_BALL {
    @Override
    StepCoefficients step(double rate, double momentum, double decay, double scale) {
      double wanted = Math.rint(momentum * scale * Rational.DENOMINATOR);
      double numerator = Math.min(Math.max(wanted, 1), Rational.DENOMINATOR);
      double factor = numerator / Rational.DENOMINATOR;
      double next = scale * momentum / factor;
      return new StepCoefficients(numerator, rate / next, next, factor, decay, next);
    }

    @Override
    double byLearningRate(StepCoefficients step, Products products) {
      return -products.pull() / step.scale();
    }

    @Override
    double byMomentum(StepCoefficients step, double momentum, Products products) {
      return products.velocity() * step.factor() / momentum;
    }
  };

  /**
   * The numbers of one step.
   *
   * @param rate α
   * @param momentum β
   * @param decay λ
   * @param scale ρ after the step before, 1 at the start
   */
  abstract StepCoefficients step(double rate, double momentum, double decay, double scale);

  /** Derivative by α. */
  abstract double byLearningRate(StepCoefficients step, Products products);

  /** Derivative by β. */
  abstract double byMomentum(StepCoefficients step, double momentum, Products products);
}
