package io.tandem.wiring;

import io.tandem.graph.tuning.TargetLayout;
import io.tandem.graph.tuning.TunedTraining;
import io.tandem.graph.tuning.TuningOutcome;
import io.tandem.tune.Objective;

/** The training in a graph, in float32, as what is minimised. */
record TrainingObjective(TunedTraining training, long examples) implements Objective {
  @Override
  public TuningOutcome evaluate(double[] point, double tolerance) {
    return training.evaluate(point);
  }

  @Override
  public TargetLayout layout() {
    return training.layout();
  }
}
