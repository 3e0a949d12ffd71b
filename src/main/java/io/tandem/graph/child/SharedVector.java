package io.tandem.graph.child;

/**
 * A flat vector of shared weights.
 *
 * @param form which segment of it an architecture uses
 * @param parts the weights that lie in it
 */
public record SharedVector(SharedSegments form, Parts parts) {}
