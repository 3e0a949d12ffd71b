package io.tandem.graph.session;

import io.tandem.graph.core.Precision;

/**
 * How TensorFlow uses the machine.
 *
 * @param device where networks are computed
 * @param intraThreads threads within one operation, 0..1024; 0 leaves it to TensorFlow
 * @param interThreads operations run side by side, 0..1024; 0 leaves it to TensorFlow
 * @param memoryGrowth whether GPU memory is taken as needed instead of all at once
 * @param precision number format of large products
 */
public record RuntimeSettings(
    Device device, int intraThreads, int interThreads, boolean memoryGrowth, Precision precision) {
  /** Checks the thread counts. */
  public RuntimeSettings {
    if (intraThreads < 0 || interThreads < 0) {
      throw new IllegalArgumentException("a number of threads cannot be negative");
    }
  }
}
