package io.tandem.space;

/**
 * A point of the joint space: what the search returns and the retraining trains.
 *
 * @param architecture the network
 * @param optimizer how it is trained
 */
public record Candidate(Architecture architecture, OptimizerSettings optimizer) {}
