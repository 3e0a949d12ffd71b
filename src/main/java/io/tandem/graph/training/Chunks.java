package io.tandem.graph.training;

import io.tandem.graph.child.Network;

/** How many rows are scored at once. */
final class Chunks {
  private static final int ROWS = 4096;
  // An image has the activations of all layers that are added in later: megabytes each.
  private static final int IMAGES = 256;

  private Chunks() {}

  /** The number of rows for a network. */
  static int rows(Network network) {
    return network.imageShape().isPresent() ? IMAGES : ROWS;
  }
}
