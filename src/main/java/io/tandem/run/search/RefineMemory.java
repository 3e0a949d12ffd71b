package io.tandem.run.search;

import io.tandem.data.DataSplit;
import io.tandem.graph.child.RowInput;
import io.tandem.graph.tuning.ScratchTraining;
import io.tandem.run.FreeMemory;

/** How many states of a training fit, which decides how long its derivative takes. */
final class RefineMemory {
  private static final double MEBI = 1024.0 * 1024.0;
  // Half of what is free: the rest is for the work of a step.
  private static final double SHARE = 0.5;
  private static final int LEAST = 2;

  private RefineMemory() {}

  /** MiB of a state in float32. */
  static double stateMib(ScratchTraining training, DataSplit data) {
    double bytes =
        Float.BYTES
            * (double)
                training.stateSize(RowInput.of(data.train()), data.train().outcome().outputs());
    return bytes / MEBI;
  }

  /** States that one repetition of each step needs: more would save little. */
  static int enough(int steps) {
    return 2 * (int) Math.ceil(Math.sqrt(steps));
  }

  /**
   * States that may be held.
   *
   * @param training the training
   * @param data what it learns from
   * @param limitMib memory that it may take, MiB; 0 is what the machine has free
   */
  static int room(ScratchTraining training, DataSplit data, long limitMib) {
    double limit = limitMib > 0 ? limitMib : FreeMemory.mib();
    double fitting = SHARE * limit / stateMib(training, data);
    return (int) Math.max(LEAST, Math.min(enough(training.steps()), fitting));
  }
}
