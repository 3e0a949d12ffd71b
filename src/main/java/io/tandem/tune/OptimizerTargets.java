package io.tandem.tune;

import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.tuning.Target;
import io.tandem.graph.tuning.TargetLayout;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerSettings;

/** The targets of a tuning that are settings of a chosen optimizer. */
public final class OptimizerTargets {
  private OptimizerTargets() {}

  /**
   * The value of a target.
   *
   * @param optimizer a chosen optimizer
   * @param constants constants of the families, unless the optimizer has its own
   * @param target which
   * @throws IllegalArgumentException if it is no setting of an optimizer
   */
  public static double value(OptimizerSettings optimizer, InnerSettings constants, Target target) {
    return switch (target) {
      case BETA2 -> constants.of(optimizer).beta2();
      case EPSILON -> constants.of(optimizer).epsilon();
      default -> optimizer.get(Hyperparameter.valueOf(target.name()));
    };
  }

  /**
   * An optimizer with the values that a point holds.
   *
   * @param optimizer the others
   * @param constants constants of the families, unless the optimizer has its own
   * @param layout where in the point each target lies, one coordinate each
   * @param point coordinates
   */
  public static OptimizerSettings with(
      OptimizerSettings optimizer, InnerSettings constants, TargetLayout layout, double[] point) {
    OptimizerSettings changed = optimizer;
    double[] initial = layout.initial();
    for (TargetLayout.Block block : layout.blocks()) {
      if (point[block.offset()] == initial[block.offset()]) {
        // Its value is not computed from the coordinate, which would change its last bit.
        continue;
      }
      double value = block.values(point)[0];
      changed =
          switch (block.settings().target()) {
            case EPSILON -> changed.withEpsilon(value);
            default ->
                changed.with(Hyperparameter.valueOf(block.settings().target().name()), value);
          };
    }
    return changed;
  }
}
