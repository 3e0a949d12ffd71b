package io.tandem.wiring;

import io.tandem.graph.tuning.TargetLayout;
import io.tandem.graph.tuning.TuningOutcome;
import io.tandem.graph.tuning.TuningProgram;
import io.tandem.tune.Objective;
import org.tensorflow.types.TFloat32;

/** The training in a graph, in float32, as what is minimised. */
record TrainingObjective(TuningProgram<TFloat32> program, long examples) implements Objective {
  @Override
  public TuningOutcome evaluate(double[] point, double tolerance) {
    return program.evaluate(point);
  }

  @Override
  public TargetLayout layout() {
    return program.layout();
  }
}
