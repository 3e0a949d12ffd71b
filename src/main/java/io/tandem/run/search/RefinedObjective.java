package io.tandem.run.search;

import io.tandem.graph.tuning.CheckpointedTraining;
import io.tandem.graph.tuning.TargetLayout;
import io.tandem.graph.tuning.TuningOutcome;
import io.tandem.graph.tuning.WarmStart;
import io.tandem.tune.Objective;
import org.tensorflow.types.TFloat32;

/** A training from scratch, in float32, as what is minimised. */
record RefinedObjective(CheckpointedTraining<TFloat32> training, long rows) implements Objective {
  @Override
  public TuningOutcome evaluate(double[] point, double tolerance, WarmStart start) {
    return training.evaluate(point);
  }

  @Override
  public TargetLayout layout() {
    return training.layout();
  }

  @Override
  public long examples(TuningOutcome outcome) {
    return rows;
  }
}
