package io.tandem.tune;

import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.UpdateRule;
import io.tandem.graph.tuning.Granularity;
import io.tandem.graph.tuning.Target;
import io.tandem.graph.tuning.TargetSettings;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.Scale;
import java.util.ArrayList;
import java.util.List;

/**
 * How the optimizer of a search's winner is refined before the retraining.
 *
 * @param outer how the point moves; with 0 steps nothing is refined
 * @param guard what happens when the hypergradient becomes chaotic
 * @param horizon training steps of each training; 0 is as many as the retraining has
 * @param moves what may move, and where
 */
public record RefineSettings(
    OuterSettings outer, GuardSettings guard, int horizon, List<Move> moves) {
  /** Copies the list. */
  public RefineSettings {
    moves = List.copyOf(moves);
  }

  /**
   * Where a hyperparameter may move.
   *
   * @param target which, one of those of an optimizer
   * @param scale the coordinate in which it moves
   * @param min smallest value, unless it begins below
   * @param max largest value, unless it begins above
   */
  public record Move(Target target, Scale scale, double min, double max) {}

  /** Whether anything is to be refined. */
  public boolean isOn() {
    return outer.steps() > 0;
  }

  /**
   * Training steps of each training.
   *
   * @param retraining those of the retraining
   */
  public int steps(long retraining) {
    return Math.toIntExact(horizon > 0 ? Math.min(horizon, retraining) : retraining);
  }

  /**
   * What moves in an optimizer: all that its family has and that has a coordinate at its value.
   *
   * @param optimizer whose values are the start
   * @param constants constants of the families, unless the optimizer has its own
   */
  public List<TargetSettings> targets(OptimizerSettings optimizer, InnerSettings constants) {
    UpdateRule rule = UpdateRule.valueOf(optimizer.family().name());
    List<TargetSettings> targets = new ArrayList<>();
    for (Move move : moves) {
      double value = OptimizerTargets.value(optimizer, constants, move.target());
      if (move.target().exists(rule) && Double.isFinite(move.scale().forward(value))) {
        targets.add(
            new TargetSettings(
                move.target(),
                Granularity.GLOBAL,
                move.scale(),
                value,
                Math.min(move.min(), value),
                Math.max(move.max(), value)));
      }
    }
    return targets;
  }
}
