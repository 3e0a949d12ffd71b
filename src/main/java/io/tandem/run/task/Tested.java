package io.tandem.run.task;

import io.tandem.graph.objective.OutputMetrics;
import io.tandem.graph.training.Score;
import io.tandem.graph.training.TrainedScore;
import io.tandem.metric.Metric;
import io.tandem.metric.ModelMetrics;
import io.tandem.outcome.Targets;
import io.tandem.space.Goal;
import java.util.Optional;

/**
 * How a network does on the test part.
 *
 * @param score as on the other parts
 * @param metrics all figures with their intervals; empty of language models
 */
public record Tested(Score score, Optional<ModelMetrics> metrics) {
  /**
   * Of the outputs of a network.
   *
   * @param targets what is true
   * @param outputs row-major {@code [rows, outputs]}: logits, or standardised numbers
   */
  static Tested of(Targets targets, float... outputs) {
    return new Tested(
        TrainedScore.of(targets, outputs), Optional.of(OutputMetrics.of(targets, outputs)));
  }

  /**
   * The figure of a goal. R² is that of the numbers as in the table, where networks predict their
   * logarithms too; NaN where the test part does not define it.
   *
   * @param goal of the network
   */
  public double figure(Goal goal) {
    return goal == Goal.R2
        ? metrics.map(found -> found.mean(Metric.R2)).orElse(Double.NaN)
        : goal.figure(score.loss(), score.accuracy());
  }
}
