package io.tandem.tune;

import io.tandem.graph.tuning.TuningSettings;

/**
 * What {@code tandem tune} does.
 *
 * @param training the training that is tuned
 * @param standardise whether features are given mean 0 and standard deviation 1
 * @param toRest whether a training goes on until its gradient is as small as the outer tolerance
 * @param warmStart whether it begins where the one before ended
 * @param outer how the point moves
 * @param guard what happens when the hypergradient becomes chaotic
 * @param memoryMib memory that a training may take, MiB; 0 is what the machine has free
 */
public record TuneSettings(
    TuningSettings training,
    boolean standardise,
    boolean toRest,
    boolean warmStart,
    OuterSettings outer,
    GuardSettings guard,
    long memoryMib) {}
