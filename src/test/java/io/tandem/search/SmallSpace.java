package io.tandem.search;

import io.tandem.space.Activation;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSpace;
import io.tandem.space.PerceptronSpace;
import io.tandem.space.Range;
import io.tandem.space.Schedule;
import io.tandem.space.SearchSpace;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A space with decisions of every kind, of which two are continuous. */
public final class SmallSpace {
  private SmallSpace() {}

  /**
   * The space.
   *
   * @param layers of the networks
   * @param shortcuts whether layers add earlier ones
   */
  public static SearchSpace of(int layers, boolean shortcuts) {
    return of(layers, shortcuts, false);
  }

  /** The same, whose layers after the first may be left out. */
  public static SearchSpace of(int layers, boolean shortcuts, boolean optionalLayers) {
    Map<Hyperparameter, Range> ranges = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      ranges.put(hyperparameter, Range.fixed(1));
    }
    ranges.put(Hyperparameter.BETA2, Range.fixed(0.9));
    ranges.put(Hyperparameter.WARMUP, Range.fixed(0.2));
    ranges.put(Hyperparameter.LEARNING_RATE, new Range(1e-3, 1));
    ranges.put(Hyperparameter.LABEL_SMOOTHING, new Range(0, 0.2));
    return new SearchSpace(
        new PerceptronSpace(
            layers,
            List.of(2, 4, 8),
            List.of(Activation.TANH, Activation.SIGMOID),
            List.of(0.0, 0.2),
            shortcuts,
            optionalLayers),
        new OptimizerSpace(
            List.of(OptimizerFamily.SGD, OptimizerFamily.ADAM),
            List.of(Schedule.CONSTANT),
            ranges,
            0));
  }
}
