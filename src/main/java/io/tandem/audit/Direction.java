package io.tandem.audit;

import io.tandem.graph.tuning.TargetLayout;
import java.util.SplittableRandom;

/**
 * The direction in which a target's derivative is taken: of one coordinate the coordinate itself,
 * of several fixed random signs, so that no exchange of two of them goes unseen.
 */
final class Direction {
  private static final int STREAM = 0x7A4D;

  private Direction() {}

  /** A vector over the whole point that is 0 outside the block. */
  static double[] of(TargetLayout layout, TargetLayout.Block block) {
    double[] direction = new double[layout.size()];
    SplittableRandom signs = new SplittableRandom(STREAM + block.settings().target().ordinal());
    for (int index = 0; index < block.length(); index++) {
      boolean positive = block.length() == 1 || signs.nextBoolean();
      direction[block.offset() + index] = positive ? 1 : -1;
    }
    return direction;
  }
}
