package io.tandem.run.task;

import io.tandem.graph.objective.OutputMetrics;
import io.tandem.graph.training.Score;
import io.tandem.graph.training.TrainedScore;
import io.tandem.metric.DecisionThreshold;
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
 * @param threshold between two classes that decided the answers; empty if the most probable class
 *     is the answer
 */
public record Tested(
    Score score, Optional<ModelMetrics> metrics, Optional<DecisionThreshold> threshold) {
  /** Without a threshold. */
  public Tested(Score score, Optional<ModelMetrics> metrics) {
    this(score, metrics, Optional.empty());
  }

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
   * Of the outputs of a network that tells two classes apart with a threshold.
   *
   * @param targets what is true
   * @param threshold decides the answers; the loss does not depend on it
   * @param outputs row-major {@code [rows, 2]}: logits
   */
  static Tested of(Targets.Labels targets, DecisionThreshold threshold, float... outputs) {
    ModelMetrics metrics = OutputMetrics.of(targets, threshold, outputs);
    Score score =
        new Score(metrics.mean(Metric.ACCURACY), TrainedScore.of(targets, outputs).loss());
    return new Tested(score, Optional.of(metrics), Optional.of(threshold));
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
