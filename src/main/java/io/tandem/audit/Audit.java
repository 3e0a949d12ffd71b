package io.tandem.audit;

import io.tandem.disk.Progress;
import io.tandem.disk.UserError;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.tuning.TargetLayout;
import io.tandem.graph.tuning.TunedTraining;
import io.tandem.graph.tuning.TuningOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds every estimator against central differences of the same trainings. One estimator has its
 * graph at a time; those with small graphs come first, so that memory which is freed but not given
 * back counts little.
 */
public final class Audit {
  // A derivative below this is as good as 0: rounding alone makes differences of about a hundredth.
  private static final double LEAST = 1e-8;
  private static final double NANOSECONDS = 1e6;

  private final AuditSettings settings;
  private final AuditProblem problem;
  private final Meter meter;
  private final Progress progress;
  private final ResponseSettings reference;

  /** Central differences of every sample and block, along the block's direction. */
  private record Differences(TargetLayout layout, List<double[]> bySample) {
    double[] of(int block) {
      return bySample.stream().mapToDouble(sample -> sample[block]).toArray();
    }
  }

  /**
   * Prepares an audit.
   *
   * @param settings how it judges
   * @param problem on what
   * @param meter time and memory
   * @param progress shows people how far it is
   */
  public Audit(AuditSettings settings, AuditProblem problem, Meter meter, Progress progress) {
    this.settings = settings;
    this.problem = problem;
    this.meter = meter;
    this.progress = progress;
    this.reference = problem.reference();
  }

  /**
   * Runs it.
   *
   * @throws UserError if the training diverges, so that there is nothing to differentiate
   */
  public AuditReport run() {
    progress.phase("audit", settings.estimators().size() + 1L);
    Optional<Differences> found = Optional.empty();
    Map<String, Estimates> estimates = new LinkedHashMap<>();
    int done = 0;
    for (ResponseSettings estimator : settings.estimators()) {
      boolean isReference = estimator.equals(reference);
      if (problem.obstacle(estimator).isEmpty()) {
        progress.message("audit: " + estimator.key());
        meter.watchMemory();
        try (TunedTraining training = problem.build(estimator)) {
          estimates.put(estimator.key(), estimates(estimator.key(), training));
          if (isReference) {
            found = Optional.of(differences(training));
          }
        }
      }
      progress.step(++done, Map.of());
    }
    Differences exact = found.orElseGet(this::differencesAlone);
    progress.step(++done, Map.of());
    List<AuditRow> rows = rows(exact, estimates);
    return new AuditReport(
        rows, settings.samples(), settings.bound(), Choice.of(rows, settings.bound()));
  }

  private Estimates estimates(String name, TunedTraining training) {
    double[] point = training.layout().initial();
    // The first run of a graph prepares it.
    training.evaluate(point);
    List<TuningOutcome> outcomes = new ArrayList<>();
    double[] times = new double[settings.samples()];
    for (int sample = 0; sample < settings.samples(); sample++) {
      problem.draw(training, sample);
      long begin = meter.nanoseconds();
      outcomes.add(training.evaluate(point));
      times[sample] = (meter.nanoseconds() - begin) / NANOSECONDS;
    }
    return new Estimates(name, outcomes, Statistics.median(times), meter.peakMib());
  }

  private Differences differencesAlone() {
    try (TunedTraining training = problem.build(reference)) {
      return differences(training);
    }
  }

  private Differences differences(TunedTraining training) {
    List<double[]> bySample = new ArrayList<>();
    TargetLayout layout = training.layout();
    double[] point = layout.initial();
    for (int sample = 0; sample < settings.samples(); sample++) {
      problem.draw(training, sample);
      requireFinite(training.loss(point));
      double[] found = new double[layout.blocks().size()];
      for (int index = 0; index < found.length; index++) {
        double[] direction = Direction.of(layout, layout.blocks().get(index));
        double width = settings.difference();
        found[index] =
            (training.loss(moved(point, width, direction))
                    - training.loss(moved(point, -width, direction)))
                / (2 * width);
      }
      bySample.add(found);
    }
    return new Differences(layout, bySample);
  }

  private static void requireFinite(double loss) {
    if (!Double.isFinite(loss)) {
      throw new UserError(
          UserError.Kind.RUN,
          "audit: the training diverges, its outer loss is "
              + loss
              + "; lower the learning rate or the number of steps");
    }
  }

  private static double[] moved(double[] point, double width, double[] direction) {
    double[] moved = point.clone();
    Arrays.setAll(moved, index -> point[index] + width * direction[index]);
    return moved;
  }

  private List<AuditRow> rows(Differences differences, Map<String, Estimates> estimates) {
    TargetLayout layout = differences.layout();
    List<AuditRow> rows = new ArrayList<>();
    for (ResponseSettings estimator : settings.estimators()) {
      for (int index = 0; index < layout.blocks().size(); index++) {
        TargetLayout.Block block = layout.blocks().get(index);
        double[] exact = differences.of(index);
        Optional<String> obstacle =
            problem
                .obstacle(estimator)
                .or(() -> problem.obstacle(estimator, block.settings().target()));
        Estimates own = estimates.get(estimator.key());
        rows.add(
            own == null || obstacle.isPresent()
                ? AuditRow.refused(
                    estimator.key(),
                    block.settings(),
                    block.length(),
                    Statistics.mean(exact),
                    obstacle.orElse(""))
                : row(layout, block, own, exact));
      }
    }
    return rows;
  }

  private static AuditRow row(
      TargetLayout layout, TargetLayout.Block block, Estimates own, double[] exact) {
    double[] direction = Direction.of(layout, block);
    double[] values =
        own.outcomes().stream()
            .mapToDouble(outcome -> Statistics.dot(outcome.total(), direction))
            .toArray();
    double[] cosines =
        own.outcomes().stream()
            .mapToDouble(
                outcome ->
                    Statistics.cosine(
                        outcome.direct(), outcome.response(), block.offset(), block.length()))
            .toArray();
    double[] errors = new double[exact.length];
    Arrays.setAll(errors, sample -> values[sample] - exact[sample]);
    double size = Math.max(Statistics.rootMeanSquare(exact), LEAST);
    return new AuditRow(
        own.estimator(),
        block.settings(),
        block.length(),
        Statistics.mean(values),
        Statistics.mean(exact),
        Statistics.rootMeanSquare(errors) / size,
        Statistics.mean(errors) / size,
        Statistics.variance(values),
        Statistics.mean(cosines),
        own.milliseconds(),
        own.memoryMib(),
        "");
  }
}
