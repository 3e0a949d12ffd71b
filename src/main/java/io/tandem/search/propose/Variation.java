package io.tandem.search.propose;

import io.tandem.space.Choices;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Copies of good candidates that differ from them a little. A controller that sees these instead of
 * the candidates themselves learns a smooth density around them, and cannot learn the few best by
 * heart: the discrete counterpart of a kernel density (TPE, Bergstra et al. 2011).
 *
 * @param space what is searched
 */
record Variation(SearchSpace space) {
  /** Probability that a decision is drawn uniformly instead of copied. */
  private static final double REDRAWN = 0.05;

  /** Standard deviation of the change of every continuous decision, as a share of its range. */
  private static final double SHIFT = 0.05;

  /** A copy with other values here and there. */
  Choices of(Choices parent, SplittableRandom random) {
    Choices fresh = UniformDraw.of(space, random);
    List<Integer> discrete = new ArrayList<>(parent.discrete());
    for (int column = 0; column < discrete.size(); column++) {
      if (random.nextDouble() < REDRAWN) {
        discrete.set(column, fresh.discrete().get(column));
      }
    }
    List<Double> continuous = new ArrayList<>(parent.continuous());
    for (int column = 0; column < continuous.size(); column++) {
      double moved = moved(continuous.get(column), SHIFT, random);
      boolean redrawn = random.nextDouble() < REDRAWN;
      continuous.set(column, redrawn ? fresh.continuous().get(column) : moved);
    }
    return new Choices(discrete, continuous);
  }

  /**
   * A normal step from a share, reflected at the ends of the range.
   *
   * @param share in [0, 1]
   * @param step standard deviation
   * @param random source of the draw
   */
  static double moved(double share, double step, SplittableRandom random) {
    double moved = Math.abs(share + step * random.nextGaussian()) % 2;
    return moved > 1 ? 2 - moved : moved;
  }
}
