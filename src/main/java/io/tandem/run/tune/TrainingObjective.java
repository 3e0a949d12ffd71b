package io.tandem.run.tune;

import io.tandem.graph.tuning.RestOutcome;
import io.tandem.graph.tuning.TargetLayout;
import io.tandem.graph.tuning.TunedTraining;
import io.tandem.graph.tuning.TuningOutcome;
import io.tandem.graph.tuning.WarmStart;
import io.tandem.tune.Objective;

/**
 * The training in a graph, in float32, as what is minimised.
 *
 * @param training the training
 * @param steps of a training of fixed length
 * @param batch rows of a step
 * @param validation rows that judge it
 */
record TrainingObjective(TunedTraining training, int steps, int batch, int validation)
    implements Objective {
  @Override
  public TuningOutcome evaluate(double[] point, double tolerance, WarmStart start) {
    return training.evaluate(point, tolerance, start);
  }

  @Override
  public TargetLayout layout() {
    return training.layout();
  }

  @Override
  public long examples(TuningOutcome outcome) {
    RestOutcome rest = outcome.rest();
    return (rest == null ? steps : rest.passes()) * batch + validation;
  }
}
