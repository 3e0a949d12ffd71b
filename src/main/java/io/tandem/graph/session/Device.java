package io.tandem.graph.session;

/** Where networks are computed; the controller and what chooses branches ask for the CPU. */
public enum Device {
  /** The first GPU if there is one, otherwise the CPU. */
  AUTO,
  /** The CPU. */
  CPU,
  /** The first GPU; an error where there is none. */
  GPU
}
