package io.tandem.tune;

import io.tandem.graph.tuning.Granularity;
import io.tandem.graph.tuning.Target;
import io.tandem.graph.tuning.TargetLayout;
import io.tandem.graph.tuning.TargetSettings;
import io.tandem.graph.tuning.TuningOutcome;
import io.tandem.graph.tuning.WarmStart;
import io.tandem.space.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The objective {@code ½ Σ (x - 1)²} in three coordinates, with accidents on demand. */
final class Valley implements Objective {
  private final UnaryOperator<TuningOutcome> accident;
  private final int accidentAt;
  private int evaluations;
  final List<double[]> visited = new ArrayList<>();

  Valley(int accidentAt, UnaryOperator<TuningOutcome> accident) {
    this.accidentAt = accidentAt;
    this.accident = accident;
  }

  static Valley calm() {
    return new Valley(-1, outcome -> outcome);
  }

  @Override
  public TuningOutcome evaluate(double[] point, double tolerance, WarmStart start) {
    visited.add(point.clone());
    double loss = 0;
    double[] gradient = new double[point.length];
    for (int index = 0; index < point.length; index++) {
      gradient[index] = point[index] - 1;
      loss += 0.5 * gradient[index] * gradient[index];
    }
    TuningOutcome outcome =
        new TuningOutcome(loss, 0.5, new double[] {2, 1}, new double[point.length], gradient);
    return evaluations++ == accidentAt ? accident.apply(outcome) : outcome;
  }

  @Override
  public TargetLayout layout() {
    TargetSettings settings =
        new TargetSettings(Target.INPUTS, Granularity.FEATURE, Scale.LINEAR, 0, -3, 3);
    return new TargetLayout(List.of(new TargetLayout.Block(settings, 0, 3)));
  }

  @Override
  public long examples(TuningOutcome outcome) {
    return 10;
  }

  static TuningOutcome scaled(TuningOutcome outcome, double factor) {
    double[] response = outcome.response().clone();
    for (int index = 0; index < response.length; index++) {
      response[index] *= factor;
    }
    return new TuningOutcome(
        outcome.outerLoss(),
        outcome.accuracy(),
        outcome.learningCurve(),
        outcome.direct(),
        response);
  }

  static TuningOutcome withLoss(TuningOutcome outcome, double loss) {
    return new TuningOutcome(
        loss, outcome.accuracy(), outcome.learningCurve(), outcome.direct(), outcome.response());
  }
}
