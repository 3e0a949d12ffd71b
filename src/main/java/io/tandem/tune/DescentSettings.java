package io.tandem.tune;

import java.util.Optional;

/**
 * How a point descends.
 *
 * @param name of the phase, for progress and kill points
 * @param outer how the point moves
 * @param guard what happens when the hypergradient becomes chaotic
 * @param remedy what a person can do where the very first training diverges, which then is an
 *     error; empty if the point shall stay there instead
 */
public record DescentSettings(
    String name, OuterSettings outer, GuardSettings guard, Optional<String> remedy) {

  /** The descent of a tuning. */
  public static DescentSettings of(TuneSettings settings) {
    return new DescentSettings(
        "tune",
        settings.outer(),
        settings.guard(),
        Optional.of(
            "lower tune.learning_rate.initial or tune.initial_scale.initial, or set"
                + " tune.clip_norm.initial"));
  }

  /** The descent of a refinement, whose start is good enough to be kept. */
  public static DescentSettings of(RefineSettings settings) {
    return new DescentSettings("refine", settings.outer(), settings.guard(), Optional.empty());
  }
}
