package io.tandem.graph.hypergradient.reversible;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat64;

/**
 * Watches one variable for overflow. Norms are cheap, and as long as they are small they prove that
 * no element can have left the range. Where they are not, every sum of the step is checked ({@link
 * FixedPoint#miss}), so that a weight may come close to the end of the range.
 */
final class RangeCheck {
  /** Norm above which the sums are checked. */
  private static final double NEAR = FixedPoint.LIMIT / 4;

  /**
   * What the graph computes for it.
   *
   * @param norms half the square of the norms of weights before the step, of what is taken from the
   *     velocity (in units), and of the velocity after the step (in units)
   * @param misses of velocity and position
   */
  record Tensors(List<Operand<TFloat64>> norms, List<Operand<TFloat64>> misses) {
    static final int NORMS = 3;
    static final int MISSES = 2;
  }

  private final String variable;
  private double weights;
  private double velocity;

  RangeCheck(String variable, double[] start) {
    this.variable = variable;
    double square = 0;
    for (double value : start) {
      square += value * value;
    }
    weights = Math.sqrt(square);
  }

  /** Whether the next step needs its sums checked. */
  boolean near() {
    return !(weights < NEAR && velocity < NEAR);
  }

  /**
   * Checks a step whose sums were not checked.
   *
   * @param norms as in {@link Tensors#norms}
   * @param move weights moved per velocity
   * @throws FixedPointRangeException if the norms cannot exclude an overflow: they have grown from
   *     below a quarter of the range to above it in this one step, or are not finite
   */
  void grown(double[] norms, double move, int step) {
    double change = norm(norms[1]) / FixedPoint.RADIX;
    if (!(velocity + change < FixedPoint.LIMIT)) {
      throw new FixedPointRangeException(variable, step, "a velocity");
    }
    follow(norms, move);
    if (!(weights < FixedPoint.LIMIT)) {
      throw new FixedPointRangeException(variable, step, "a weight");
    }
  }

  /**
   * Checks a step whose sums were checked.
   *
   * @param misses as in {@link Tensors#misses}
   */
  void summed(double[] misses, double[] norms, double move, int step) {
    if (!(misses[0] < FixedPoint.LARGEST_MISS)) {
      throw new FixedPointRangeException(variable, step, "a velocity");
    }
    if (!(misses[1] < FixedPoint.LARGEST_MISS)) {
      throw new FixedPointRangeException(variable, step, "a weight");
    }
    follow(norms, move);
  }

  // A bound on the weights after the step: their norm before it and that of the move.
  private void follow(double[] norms, double move) {
    velocity = norm(norms[2]) / FixedPoint.RADIX;
    weights = norm(norms[0]) + move * velocity;
  }

  private static double norm(double half) {
    return Math.sqrt(2 * half);
  }
}
