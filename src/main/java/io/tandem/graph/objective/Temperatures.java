package io.tandem.graph.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * The loss at the temperature that suits it best (temperature scaling, Guo et al. 2017): logits are
 * divided by one number, which is chosen by the loss itself. Candidates are ranked by it, because
 * the plain loss says as much about how sure a network is of itself as about what it knows: it
 * punishes label smoothing, and long trainings of networks that are right.
 */
public final class Temperatures {
  /** Steps from a temperature of 1 to the highest, and to the lowest. */
  private static final int STEPS = 12;

  /** Steps until the temperature has doubled: from 1/16 to 16. */
  private static final double DOUBLING = 3;

  private Temperatures() {}

  /** The temperature at a place of the list. */
  public static double at(int place) {
    return Math.pow(2, (place - STEPS) / DOUBLING);
  }

  /**
   * Losses at all temperatures.
   *
   * @param tf where they are added
   * @param logits {@code [batch, classes]}
   * @param loss mean loss of such logits, scalar
   * @return {@code [25]}, lowest temperature first
   */
  public static <T extends TNumber> Operand<TFloat64> losses(
      Ops tf, Operand<T> logits, Function<Operand<T>, Operand<T>> loss) {
    List<Operand<TFloat64>> losses = new ArrayList<>();
    for (int place = 0; place <= 2 * STEPS; place++) {
      Operand<T> factor = tf.dtypes.cast(tf.constant(1 / at(place)), logits.type());
      Operand<T> scaled = place == STEPS ? logits : tf.math.mul(logits, factor);
      losses.add(tf.dtypes.cast(loss.apply(scaled), TFloat64.class));
    }
    return tf.stack(losses, Stack.axis(0L));
  }

  /** The loss as it is, with a temperature of 1; the only one where there are no temperatures. */
  public static double plain(double... losses) {
    return losses[losses.length / 2];
  }

  /**
   * The loss at the best temperature: at the vertex of the parabola through the lowest loss and its
   * neighbours.
   *
   * @param losses at all temperatures
   * @return NaN if the plain loss is not finite
   */
  public static double best(double... losses) {
    if (!Double.isFinite(plain(losses))) {
      return Double.NaN;
    }
    int lowest = losses.length / 2;
    for (int place = 0; place < losses.length; place++) {
      lowest = losses[place] < losses[lowest] ? place : lowest;
    }
    if (lowest == 0 || lowest == losses.length - 1) {
      return losses[lowest];
    }
    double slope = (losses[lowest + 1] - losses[lowest - 1]) / 2;
    double curvature = losses[lowest + 1] - 2 * losses[lowest] + losses[lowest - 1];
    return curvature > 0 ? losses[lowest] - slope * slope / (2 * curvature) : losses[lowest];
  }
}
