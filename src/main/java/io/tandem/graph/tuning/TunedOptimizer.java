package io.tandem.graph.tuning;

import io.tandem.graph.core.Scalars;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.inner.SecondMoment;
import io.tandem.graph.inner.UpdateRule;
import io.tandem.space.Hyperparameter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** The optimizer's settings of every training step, from the tuned values. */
final class TunedOptimizer {
  static final Map<Target, Hyperparameter> NAMES =
      Map.of(
          Target.LEARNING_RATE, Hyperparameter.LEARNING_RATE,
          Target.MOMENTUM, Hyperparameter.MOMENTUM,
          Target.CLIP_NORM, Hyperparameter.CLIP_NORM,
          Target.WEIGHT_DECAY, Hyperparameter.WEIGHT_DECAY);

  private TunedOptimizer() {}

  /** One record per step; kernel and bias of a layer share an instance. */
  static <T extends TNumber> List<OptimizerTensors<T>> steps(
      Ops tf, TuningSettings settings, TunedValues<T> values, Class<T> type) {
    Map<Double, Operand<T>> factors = new HashMap<>();
    return IntStream.range(0, settings.steps())
        .mapToObj(
            step -> {
              Operand<T> factor =
                  factors.computeIfAbsent(
                      settings.scheduleFactor(step), value -> Scalars.of(tf, value, type));
              return step(tf, settings, values, factor, step);
            })
        .toList();
  }

  private static <T extends TNumber> OptimizerTensors<T> step(
      Ops tf, TuningSettings settings, TunedValues<T> values, Operand<T> factor, int step) {
    OptimizerTensors<T> first = layer(tf, settings, values, factor, step, 0);
    boolean layered =
        settings.tuned().stream()
            .anyMatch(
                target ->
                    target.target().place() == Target.Place.UPDATE
                        && (target.granularity() == Granularity.LAYER
                            || target.granularity() == Granularity.LAYER_STEP));
    if (!layered) {
      return first;
    }
    List<OptimizerTensors<T>> perWeight = new ArrayList<>();
    for (int layer = 0; layer < settings.layers(); layer++) {
      OptimizerTensors<T> own =
          layer == 0 ? first : layer(tf, settings, values, factor, step, layer);
      perWeight.add(own);
      perWeight.add(own);
    }
    return new OptimizerTensors<>(
        first.family(), first.values(), factor, first.secondMoment(), perWeight);
  }

  private static <T extends TNumber> OptimizerTensors<T> layer(
      Ops tf,
      TuningSettings settings,
      TunedValues<T> values,
      Operand<T> factor,
      int step,
      int layer) {
    Map<Hyperparameter, Operand<T>> own = new EnumMap<>(Hyperparameter.class);
    NAMES.forEach(
        (target, name) -> {
          if (values.isActive(target) || target == Target.LEARNING_RATE) {
            own.put(name, values.scalar(target, step, layer));
          }
        });
    UpdateRule rule = settings.rule();
    SecondMoment<T> moment =
        rule.hasSecondMoment()
            ? new SecondMoment<>(
                values.scalar(Target.BETA2, step, layer),
                values.scalar(Target.EPSILON, step, layer))
            : null;
    return new OptimizerTensors<>(tf.constant(0), own, factor, moment, List.of());
  }
}
