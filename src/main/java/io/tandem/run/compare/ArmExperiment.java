package io.tandem.run.compare;

import io.tandem.compare.Arm;
import io.tandem.config.EffectiveConfig;
import io.tandem.config.Experiment;

/**
 * An arm of a comparison with its configuration.
 *
 * @param arm name and settings of its own
 * @param config effective configuration, with the first seed
 */
public record ArmExperiment(Arm arm, EffectiveConfig config) {
  /** The checked values. */
  Experiment experiment() {
    return config.experiment();
  }
}
