package io.tandem.graph.tuning;

import io.tandem.graph.core.Scalars;
import io.tandem.space.Scale;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The hyperparameters as tensors: a vector of coordinates for each tuned target, and from it its
 * values for every step, layer and weight.
 *
 * @param <T> float32 or float64
 */
final class TunedValues<T extends TNumber> {
  private final Ops tf;
  private final Class<T> type;
  private final TuningSettings settings;
  private final List<Variable<T>> coordinates = new ArrayList<>();
  private final Map<Target, Operand<T>> vectors = new EnumMap<>(Target.class);
  private final Map<Target, Map<Integer, Operand<T>>> scalars = new EnumMap<>(Target.class);

  TunedValues(Ops tf, Class<T> type, TuningSettings settings, TargetLayout layout) {
    this.tf = tf;
    this.type = type;
    this.settings = settings;
    for (TargetLayout.Block block : layout.blocks()) {
      Variable<T> vector = tf.variable(Shape.of(block.length()), type);
      coordinates.add(vector);
      vectors.put(block.settings().target(), inverse(tf, block.settings().scale(), vector));
    }
  }

  /** The coordinates of every tuned target, in the order of the layout. */
  List<Variable<T>> coordinates() {
    return List.copyOf(coordinates);
  }

  /** Whether a target has any effect. */
  boolean isActive(Target target) {
    return vectors.containsKey(target) || settings.of(target).initial() != 0;
  }

  /** The value of a target in a step and a layer: a scalar, one operand for one element. */
  Operand<T> scalar(Target target, int step, int layer) {
    TargetSettings own = settings.of(target);
    int index =
        switch (own.granularity()) {
          case FIXED, GLOBAL -> 0;
          case LAYER -> layer;
          case STEP -> step;
          case LAYER_STEP -> step * settings.layers() + layer;
          case UNIT, WEIGHT, EXAMPLE, FEATURE ->
              throw new IllegalArgumentException(target.key() + " is no scalar");
        };
    return scalars
        .computeIfAbsent(target, key -> new HashMap<>())
        .computeIfAbsent(index, key -> element(target, key));
  }

  /** The value of a target in a layer and a step that is known when the graph runs: a scalar. */
  Operand<T> scalar(Ops scope, Target target, Operand<TInt32> step, int layer) {
    Operand<T> vector = vectors.get(target);
    Granularity granularity = settings.of(target).granularity();
    if (vector == null || granularity == Granularity.GLOBAL || granularity == Granularity.LAYER) {
      return scalar(target, 0, layer);
    }
    Operand<TInt32> index =
        granularity == Granularity.STEP
            ? step
            : scope.math.add(
                scope.math.mul(step, scope.constant(settings.layers())), scope.constant(layer));
    return scope.gather(vector, index, scope.constant(0));
  }

  private Operand<T> element(Target target, int index) {
    Operand<T> vector = vectors.get(target);
    if (vector == null) {
      return Scalars.of(tf, settings.of(target).initial(), type);
    }
    return part(vector, index, Shape.scalar());
  }

  /** The values of a tuned target from an offset on, in a shape. */
  Operand<T> part(Target target, int offset, Shape shape) {
    Operand<T> vector = vectors.get(target);
    if (vector == null) {
      throw new IllegalArgumentException(target.key() + " is not tuned");
    }
    return part(vector, offset, shape);
  }

  /** All values of a target, flat, or null if it is not tuned. */
  @Nullable Operand<T> vector(Target target) {
    return vectors.get(target);
  }

  private Operand<T> part(Operand<T> vector, int offset, Shape shape) {
    Operand<T> slice =
        tf.slice(
            vector,
            tf.constant(new int[] {offset}),
            tf.constant(new int[] {Math.toIntExact(shape.size())}));
    return tf.reshape(slice, tf.constant(shape.asArray()));
  }

  private static <T extends TNumber> Operand<T> inverse(Ops tf, Scale scale, Operand<T> vector) {
    return switch (scale) {
      case LINEAR -> tf.identity(vector);
      case LOG -> tf.math.exp(vector);
      case LOGIT -> tf.math.sigmoid(vector);
    };
  }
}
