package io.tandem.search;

import io.tandem.graph.joint.ChildProgram;
import io.tandem.graph.joint.LookAhead;
import io.tandem.graph.joint.policy.LearningPolicy;
import io.tandem.graph.joint.policy.PolicyFeedback;
import io.tandem.search.plan.SearchRows;
import io.tandem.search.plan.SearchSettings;
import io.tandem.space.Goal;
import io.tandem.space.Hyperparameter;
import io.tandem.space.Restarts;
import io.tandem.space.SearchSpace;
import java.util.List;

/**
 * What the strategies work with: the two programs of the static graph and the numbers that go with
 * them.
 *
 * @param space what is searched
 * @param policy the controller's program
 * @param child the shared network's program
 * @param folds the programs that candidates are trained from scratch with, one for each fold of the
 *     rows; the first is {@code child}
 * @param rows what is fed of the data
 * @param unrollSteps inner steps per run of the child, at least 1
 * @param restarts of the schedule that has some
 * @param innerLoop whether a sample of the controller costs an inner loop: with a response only
 * @param learns whether the child's program has the response, without which no controller learns
 *     from shared weights
 * @param goal what the candidates are to do well at
 * @param seed seed of the run
 */
public record SearchGraph(
    SearchSpace space,
    LearningPolicy policy,
    ChildProgram<?> child,
    List<ChildProgram<?>> folds,
    SearchRows rows,
    int unrollSteps,
    Restarts restarts,
    boolean innerLoop,
    boolean learns,
    Goal goal,
    long seed) {
  /** Copies the list. */
  public SearchGraph {
    folds = List.copyOf(folds);
  }

  /**
   * The same for a part of the space that the programs are built for.
   *
   * @param part what is searched
   */
  SearchGraph within(SearchSpace part) {
    return new SearchGraph(
        part, policy, child, folds, rows, unrollSteps, restarts, innerLoop, learns, goal, seed);
  }

  /** What the controller learns of a look-ahead. */
  PolicyFeedback taught(PolicyFeedback all, SearchSettings settings) {
    if (settings.joint().lookAhead() == LookAhead.ALL) {
      return all;
    }
    List<Hyperparameter> continuous = space.optimizer().continuous();
    boolean[] kept = new boolean[continuous.size()];
    for (int index = 0; index < kept.length; index++) {
      kept[index] = !continuous.get(index).setsPace();
    }
    return all.shaping(kept);
  }
}
