package io.tandem.run.tune;

import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.child.RowInput;
import io.tandem.graph.tuning.TuningSettings;
import io.tandem.run.FreeMemory;
import io.tandem.tune.MemoryEstimate;

/**
 * Whether a training whose steps are in the graph fits.
 *
 * @param training the training
 * @param inputs what it draws on
 * @param limitMib memory that it may take, MiB; 0 is what the machine has free
 */
record TuningMemory(TuningSettings training, TuningInputs inputs, long limitMib) {
  /**
   * About how much it takes, MiB, in float32.
   *
   * @param differentiated steps that are differentiated through
   */
  double needed(int differentiated) {
    PerceptronNetwork network =
        new PerceptronNetwork(
            training.architecture(),
            RowInput.of(inputs.data().train()),
            inputs.data().train().outcome().outputs());
    return MemoryEstimate.mib(training, network, inputs.batch(), differentiated);
  }

  /** What there is, MiB. */
  double limit() {
    return limitMib > 0 ? limitMib : FreeMemory.mib();
  }

  /**
   * Refuses a training that does not fit.
   *
   * @param differentiated steps that are differentiated through
   * @param width of a number, times that of float32
   * @param path the setting that gives the number of steps
   * @throws io.tandem.disk.UserError if it does not
   */
  void require(int differentiated, double width, String path) {
    MemoryEstimate.require(width * needed(differentiated), limit(), training.steps(), path);
  }
}
