package io.tandem.tune;

import io.tandem.graph.inner.UpdateRule;
import io.tandem.graph.tuning.ExampleWeighting;
import io.tandem.graph.tuning.Granularity;
import io.tandem.graph.tuning.Initialisation;
import io.tandem.graph.tuning.OuterLoss;
import io.tandem.graph.tuning.Target;
import io.tandem.graph.tuning.TargetSettings;
import io.tandem.graph.tuning.TuningSettings;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.Schedule;
import java.util.Arrays;
import java.util.List;

/** A training for descents that never look at it. */
final class TuneFixtures {
  private TuneFixtures() {}

  static TuningSettings training() {
    return new TuningSettings(
        new PerceptronArchitecture(List.of()),
        Initialisation.ZERO,
        UpdateRule.SGD,
        Schedule.CONSTANT,
        2,
        10,
        OuterLoss.VALIDATION,
        Arrays.stream(Target.values())
            .map(target -> new TargetSettings(target, Granularity.FIXED, target.scale(), 0, 0, 0))
            .toList(),
        ExampleWeighting.NONE,
        0);
  }
}
