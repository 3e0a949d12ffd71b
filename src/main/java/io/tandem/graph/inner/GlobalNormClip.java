package io.tandem.graph.inner;

import io.tandem.graph.core.ManyInputs;
import io.tandem.graph.core.Scalars;
import io.tandem.space.Hyperparameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * Clipping by the Euclidean norm of all gradients together (Pascanu et al. 2013, algorithm 1), with
 * finite derivatives at norm 0.
 */
public final class GlobalNormClip {
  private GlobalNormClip() {}

  /**
   * Scales gradients down to the clip norm of their settings; weights that share one clip norm are
   * clipped together, by the norm of all of them.
   *
   * @param tf where it is added
   * @param optimizer settings; without a clip norm nothing is clipped
   * @param gradients derivative by every weight
   */
  public static <T extends TNumber> List<Operand<T>> apply(
      Ops tf, OptimizerTensors<T> optimizer, List<Operand<T>> gradients) {
    Map<Operand<T>, List<Integer>> groups = new LinkedHashMap<>();
    for (int index = 0; index < gradients.size(); index++) {
      Operand<T> limit = optimizer.at(index).find(Hyperparameter.CLIP_NORM);
      if (limit != null) {
        groups.computeIfAbsent(limit, key -> new ArrayList<>()).add(index);
      }
    }
    List<Operand<T>> clipped = new ArrayList<>(gradients);
    groups.forEach(
        (limit, members) -> {
          List<Operand<T>> group = apply(tf, members.stream().map(gradients::get).toList(), limit);
          for (int member = 0; member < group.size(); member++) {
            clipped.set(members.get(member), group.get(member));
          }
        });
    return clipped;
  }

  /**
   * Scales gradients down to a norm.
   *
   * @param tf where it is added
   * @param gradients gradients
   * @param limit largest norm, scalar, positive
   * @return gradients with a norm of at most the limit
   */
  public static <T extends TNumber> List<Operand<T>> apply(
      Ops tf, List<Operand<T>> gradients, Operand<T> limit) {
    Operand<T> one = Scalars.of(tf, 1, limit.type());
    List<Operand<T>> halves = new ArrayList<>();
    gradients.forEach(gradient -> halves.add(tf.nn.l2Loss(gradient)));
    Operand<T> square = tf.math.mul(Scalars.of(tf, 2, limit.type()), ManyInputs.sum(tf, halves));
    Operand<TBool> active = tf.math.greater(square, tf.math.square(limit));
    // The root is taken of 1 where nothing is clipped: its derivative at 0 is infinite.
    Operand<T> inverse = tf.math.rsqrt(tf.select(active, square, one));
    Operand<T> factor = tf.select(active, tf.math.mul(limit, inverse), one);
    List<Operand<T>> clipped = new ArrayList<>();
    gradients.forEach(gradient -> clipped.add(tf.math.mul(factor, gradient)));
    return clipped;
  }
}
