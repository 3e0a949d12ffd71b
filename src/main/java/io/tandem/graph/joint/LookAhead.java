package io.tandem.graph.joint;

/** Which decisions learn from look-aheads of a few training steps. */
public enum LookAhead {
  /** All of them. */
  ALL,
  /**
   * Those that shape the network and its training loss. A few steps from trained weights prefer
   * learning rates that are far too small for a whole training (Wu et al. 2018), so that what sets
   * the pace is left as the controller draws it.
   */
  SHAPE
}
