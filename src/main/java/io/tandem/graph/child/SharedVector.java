package io.tandem.graph.child.image;

import io.tandem.graph.child.SharedSegments;

/**
 * A flat weight vector of a shared image network.
 *
 * @param form which segment of it an architecture uses
 * @param parts the weights that lie in it
 */
record SharedVector(SharedSegments form, Parts parts) {}
