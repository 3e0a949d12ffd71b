package io.tandem.graph.tuning;

import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.UpdateRule;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.PerceptronArchitecture;
import java.util.ArrayList;
import java.util.List;

/**
 * A training from scratch as a candidate is retrained, of which settings of the optimizer are
 * tuned: network with skips, activations and dropout, schedule and noise are the candidate's.
 *
 * @param architecture the network
 * @param optimizer how it is trained; what is tuned begins at these values
 * @param constants constants of the optimizer families, unless the optimizer has its own
 * @param steps training steps, positive; the schedule ends with them
 * @param targets what is tuned, at least one, each {@link Granularity#GLOBAL}
 */
public record ScratchTraining(
    PerceptronArchitecture architecture,
    OptimizerSettings optimizer,
    InnerSettings constants,
    int steps,
    List<TargetSettings> targets) {

  /** Checks that there is something to tune. */
  public ScratchTraining {
    targets = List.copyOf(targets);
    if (steps < 1 || targets.isEmpty()) {
      throw new IllegalArgumentException("a training needs a step and something to tune");
    }
    if (targets.stream().anyMatch(target -> target.granularity() != Granularity.GLOBAL)) {
      throw new IllegalArgumentException("every target is one value here");
    }
  }

  /** The rule of the optimizer's family. */
  public UpdateRule rule() {
    return UpdateRule.valueOf(optimizer.family().name());
  }

  /**
   * Number of values of a state: weights, and slots that the rule uses.
   *
   * @param input columns of a row
   * @param outputs number of classes, or of numbers that are predicted
   */
  public long stateSize(PerceptronArchitecture.Input input, int outputs) {
    return new StateVector(new PerceptronNetwork(architecture, input, outputs), rule()).size();
  }

  /** Where in a point each target lies. */
  public TargetLayout layout() {
    List<TargetLayout.Block> blocks = new ArrayList<>();
    for (TargetSettings target : targets) {
      blocks.add(new TargetLayout.Block(target, blocks.size(), 1));
    }
    return new TargetLayout(blocks);
  }
}
