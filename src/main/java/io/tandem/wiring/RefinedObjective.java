package io.tandem.wiring;

import io.tandem.graph.tuning.CheckpointedTraining;
import io.tandem.graph.tuning.TargetLayout;
import io.tandem.graph.tuning.TuningOutcome;
import io.tandem.tune.Objective;
import org.tensorflow.types.TFloat32;

/** A training from scratch, in float32, as what is minimised. */
record RefinedObjective(CheckpointedTraining<TFloat32> training, long examples)
    implements Objective {
  @Override
  public TuningOutcome evaluate(double[] point, double tolerance) {
    return training.evaluate(point);
  }

  @Override
  public TargetLayout layout() {
    return training.layout();
  }
}
