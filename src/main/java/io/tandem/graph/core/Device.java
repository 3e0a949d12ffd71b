package io.tandem.graph.core;

/** Where networks are computed; the controller and branch indices are always on the CPU. */
public enum Device {
  /** The first GPU if there is one, otherwise the CPU. */
  AUTO,
  /** The CPU. */
  CPU,
  /** The first GPU. */
  GPU
}
