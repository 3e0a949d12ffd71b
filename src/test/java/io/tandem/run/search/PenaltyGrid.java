package io.tandem.run.search;

import io.tandem.config.Experiment;
import io.tandem.data.DataSplit;
import io.tandem.data.source.DataLoader;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import io.tandem.graph.session.SessionConfig;
import io.tandem.graph.tuning.Granularity;
import io.tandem.graph.tuning.RestOutcome;
import io.tandem.graph.tuning.RestSettings;
import io.tandem.graph.tuning.Target;
import io.tandem.graph.tuning.TargetSettings;
import io.tandem.graph.tuning.TunedTraining;
import io.tandem.graph.tuning.TuningOutcome;
import io.tandem.graph.tuning.TuningSettings;
import io.tandem.graph.tuning.WarmStart;
import io.tandem.run.tune.TuningInputs;
import io.tandem.tune.OuterSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.tensorflow.types.TFloat32;

/**
 * What people do without hypergradients: one penalty for all weights, from a grid that is even in
 * its logarithm. The training is that of {@code tandem tune}, to the tolerance of its last outer
 * step.
 */
public final class PenaltyGrid {
  private PenaltyGrid() {}

  /**
   * A point of the grid.
   *
   * @param penalty λ
   * @param loss on the validation part, nats
   * @param passes over the training part: one per gradient
   * @param reached whether the tolerance was reached
   */
  public record Point(double penalty, double loss, long passes, boolean reached) {}

  /**
   * Trains with every point, from the largest penalty to the smallest.
   *
   * @param experiment a tuning of {@code l2} to rest, whose range is that of the grid
   * @param count number of points, from 2
   * @param warm whether a training begins where the one before ended, and not from the beginning
   */
  public static List<Point> search(Experiment experiment, int count, boolean warm) {
    TuningSettings training = common(experiment.tune().training());
    TargetSettings range = training.of(Target.L2);
    OuterSettings outer = experiment.tune().outer();
    double tolerance = outer.toleranceAt(outer.steps() + 1L);
    DataSplit data = DataLoader.load(experiment.data(), experiment.seed(), GraphImageDecoder::new);
    List<Point> points = new ArrayList<>();
    try (TunedTraining program =
        TunedTraining.toRest(
            TFloat32.class,
            training,
            new RestSettings(warm, tolerance),
            experiment.inner(),
            new TuningInputs(data, training, experiment.tune().standardise())
                .data(experiment.seed()),
            // Its response is not looked at.
            new ResponseSettings.ConjugateGradient(1, 0, 1),
            SessionConfig.ofBranches(experiment.runtime()))) {
      WarmStart start = WarmStart.none();
      double low = Math.log(range.min());
      double high = Math.log(range.max());
      for (int index = 0; index < count; index++) {
        double coordinate = high + (low - high) * index / (count - 1);
        TuningOutcome outcome = program.evaluate(new double[] {coordinate}, tolerance, start);
        RestOutcome rest = Objects.requireNonNull(outcome.rest());
        points.add(
            new Point(
                Math.exp(coordinate), outcome.outerLoss(), rest.gradients(), rest.isReached()));
        start = new WarmStart(rest.end().weights(), new double[0]);
      }
    }
    return points;
  }

  private static TuningSettings common(TuningSettings training) {
    List<TargetSettings> targets = new ArrayList<>(training.targets());
    TargetSettings own = training.of(Target.L2);
    targets.set(
        Target.L2.ordinal(),
        new TargetSettings(
            Target.L2, Granularity.GLOBAL, own.scale(), own.initial(), own.min(), own.max()));
    return training.withTargets(targets);
  }

  /** The point with the smallest loss. */
  public static Point best(List<Point> points) {
    return points.stream().min(Comparator.comparingDouble(Point::loss)).orElseThrow();
  }

  /** Passes of all points together. */
  public static long passes(List<Point> points) {
    return points.stream().mapToLong(Point::passes).sum();
  }
}
