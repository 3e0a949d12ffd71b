package io.tandem.report;

import io.tandem.report.chart.ChartSheet;
import io.tandem.report.chart.Curve;
import io.tandem.report.chart.LineChart;
import io.tandem.report.journal.JournalEntry;
import io.tandem.space.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The charts of a run as SVG pictures of less than 60 KB. Values that are not finite leave a gap.
 * Empty where there is nothing to draw or the machine has no fonts: a picture is never worth a run.
 */
public final class Charts {
  private static final String OUTER_STEP = "outer step";
  private static final String NORM = "Euclidean norm";

  private Charts() {}

  /**
   * Validation loss before and after the inner steps and, where the reward is not minus this loss,
   * the reward in a chart of its own below.
   *
   * @param steps of the search
   * @param goal of its networks
   */
  public static Optional<String> reward(List<JournalEntry.Step> steps, Goal goal) {
    List<LineChart> charts = new ArrayList<>();
    charts.add(
        new LineChart(
            goal.rewardsLoss() ? "Validation loss (minus the reward)" : "Validation loss",
            OUTER_STEP,
            goal.lossUnit(),
            false,
            validationLosses(steps)));
    if (!goal.rewardsLoss()) {
      charts.add(
          new LineChart(
              "Reward",
              OUTER_STEP,
              "reward",
              false,
              List.of(searched("reward", steps, JournalEntry.Step::reward))));
    }
    return ChartSheet.svg(charts);
  }

  /** Norms of the direct and of the response gradient, on a logarithmic axis. */
  public static Optional<String> gradients(List<JournalEntry.Step> steps) {
    return ChartSheet.svg(
        List.of(
            new LineChart(
                "Direct and response gradients",
                OUTER_STEP,
                NORM,
                true,
                List.of(
                    searched("direct", steps, JournalEntry.Step::directNorm),
                    searched("response", steps, JournalEntry.Step::responseNorm)))));
  }

  /** Training loss and, where it was measured, validation loss over the epochs of a retraining. */
  public static Optional<String> retraining(List<JournalEntry.Retrain> epochs, Goal goal) {
    return ChartSheet.svg(
        List.of(
            new LineChart(
                "Retraining",
                "epoch",
                goal.lossUnit(),
                false,
                List.of(
                    retrained("training loss", epochs, JournalEntry.Retrain::trainingLoss),
                    retrained("validation loss", epochs, JournalEntry.Retrain::validationLoss)))));
  }

  /** Outer loss and training loss over the outer steps of a tuning. */
  public static Optional<String> losses(List<JournalEntry.Tuned> steps, Goal goal) {
    return ChartSheet.svg(List.of(losses("Losses", "outer loss", steps, goal)));
  }

  /** Norms of the hypergradient and its parts over the outer steps of a tuning. */
  public static Optional<String> hypergradient(List<JournalEntry.Tuned> steps) {
    return ChartSheet.svg(
        List.of(
            new LineChart(
                "Hypergradient",
                OUTER_STEP,
                NORM,
                true,
                List.of(
                    tuned("whole", steps, JournalEntry.Tuned::norm),
                    tuned("direct", steps, JournalEntry.Tuned::directNorm),
                    tuned("response", steps, JournalEntry.Tuned::responseNorm)))));
  }

  /**
   * Losses over the outer steps of a refinement and, below, the norm of the hypergradient on a
   * logarithmic axis.
   */
  public static Optional<String> refinement(List<JournalEntry.Tuned> steps, Goal goal) {
    return ChartSheet.svg(
        List.of(
            losses("Refinement: losses", "validation loss", steps, goal),
            new LineChart(
                "Refinement: hypergradient",
                OUTER_STEP,
                NORM,
                true,
                List.of(tuned("hypergradient", steps, JournalEntry.Tuned::norm)))));
  }

  /**
   * Curves over the steps of one training.
   *
   * @param title of the picture
   * @param unit of the values
   * @param logarithmic whether the axis is logarithmic in any case
   * @param curves values by name; the first step is 0
   */
  public static Optional<String> overTraining(
      String title, String unit, boolean logarithmic, Map<String, double[]> curves) {
    List<Curve> all = new ArrayList<>();
    curves.forEach(
        (name, values) -> {
          double[] steps = IntStream.range(0, values.length).asDoubleStream().toArray();
          all.add(new Curve(name, steps, values));
        });
    return ChartSheet.svg(List.of(new LineChart(title, "training step", unit, logarithmic, all)));
  }

  /** Without inner steps there is no difference between the two. */
  private static List<Curve> validationLosses(List<JournalEntry.Step> steps) {
    Curve before = searched("before inner steps", steps, JournalEntry.Step::validationLoss);
    Curve after = searched("after inner steps", steps, JournalEntry.Step::validationLossAfter);
    return before.isBlank() || before.covers(after)
        ? List.of(searched("validation loss", steps, JournalEntry.Step::validationLossAfter))
        : List.of(before, after);
  }

  private static LineChart losses(
      String title, String outer, List<JournalEntry.Tuned> steps, Goal goal) {
    return new LineChart(
        title,
        OUTER_STEP,
        goal.lossUnit(),
        false,
        List.of(
            tuned(outer, steps, JournalEntry.Tuned::outerLoss),
            tuned("training loss", steps, JournalEntry.Tuned::trainingLoss)));
  }

  private static Curve searched(
      String name, List<JournalEntry.Step> steps, ToDoubleFunction<JournalEntry.Step> value) {
    return Curve.of(name, steps, JournalEntry.Step::step, value);
  }

  private static Curve tuned(
      String name, List<JournalEntry.Tuned> steps, ToDoubleFunction<JournalEntry.Tuned> value) {
    return Curve.of(name, steps, JournalEntry.Tuned::step, value);
  }

  private static Curve retrained(
      String name,
      List<JournalEntry.Retrain> epochs,
      ToDoubleFunction<JournalEntry.Retrain> value) {
    return Curve.of(name, epochs, JournalEntry.Retrain::epoch, value);
  }
}
