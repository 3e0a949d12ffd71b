package io.tandem.graph.training;

import io.tandem.graph.gradient.Gradients;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.GlobalNormClip;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.objective.LossShape;
import io.tandem.outcome.ClassWeights;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerSettings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One step of an optimizer: the gradient of a loss, clipped by its norm, and the family's update.
 *
 * @param optimizer family and hyperparameters
 * @param constants constants of the optimizer families, unless the optimizer has its own
 */
record OptimizerStep(OptimizerSettings optimizer, InnerSettings constants) {
  /**
   * The loss that the optimizer trains with.
   *
   * @param tf where it is added
   * @param optimizer hyperparameters
   * @param classes how much their rows count
   */
  static LossShape<TFloat32> lossShape(Ops tf, OptimizerSettings optimizer, ClassWeights classes) {
    return LossShape.of(tf, find(tf, optimizer), TFloat32.class, classes);
  }

  /** Gives a hyperparameter as a constant; null where it is 0. */
  static Function<Hyperparameter, @Nullable Operand<TFloat32>> find(
      Ops tf, OptimizerSettings optimizer) {
    return name -> optimizer.get(name) == 0 ? null : tf.constant((float) optimizer.get(name));
  }

  /**
   * Adds a step.
   *
   * @param tf where it is added
   * @param loss scalar
   * @param before weights and slots
   * @param factor on the learning rate, scalar
   * @return weights and slots behind the step; those that the family does not use are the same
   */
  InnerState<TFloat32> add(
      Ops tf, Operand<TFloat32> loss, InnerState<TFloat32> before, Operand<TFloat32> factor) {
    Map<Hyperparameter, Operand<TFloat32>> scalars = new EnumMap<>(Hyperparameter.class);
    optimizer.values().forEach((name, value) -> scalars.put(name, tf.constant(value.floatValue())));
    OptimizerTensors<TFloat32> tensors = new OptimizerTensors<>(tf.constant(0), scalars, factor);
    List<Operand<TFloat32>> gradients =
        GlobalNormClip.apply(
            tf,
            Gradients.of(tf, loss, before.weights()),
            tf.constant((float) optimizer.get(Hyperparameter.CLIP_NORM)));
    return FamilySwitch.update(optimizer.family(), constants.of(optimizer))
        .apply(tf, tensors, before, gradients);
  }
}
