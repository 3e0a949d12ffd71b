package io.tandem.graph.joint;

import io.tandem.graph.controller.ControllerSettings;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.family.TNumber;

/**
 * The controller's optimizer, Adam (Kingma and Ba 2015) by TensorFlow's fused kernel.
 *
 * <p>TensorFlow Framework's Adam initialises its slots from the parameters, in no defined order
 * after them; that works only where the graph optimizer folds the initial values away, and this
 * graph runs without it.
 *
 * @param <T> type of reals
 */
final class Adam<T extends TNumber> {
  private static final double BETA2 = 0.999;

  private final Ops tf;
  private final Class<T> type;
  private final ControllerSettings settings;
  private final Variable<T> firstPower;
  private final Variable<T> secondPower;

  Adam(Ops tf, Class<T> type, ControllerSettings settings) {
    this.tf = tf;
    this.type = type;
    this.settings = settings;
    firstPower = tf.variable(real(settings.beta1()));
    secondPower = tf.variable(real(BETA2));
  }

  /** Moves one parameter. */
  Op apply(Operand<T> parameter, Operand<T> gradient) {
    Operand<T> zeros = tf.fill(tf.constant(parameter.shape().asArray()), real(0));
    return tf.train.applyAdam(
        parameter,
        tf.variable(zeros),
        tf.variable(zeros),
        firstPower,
        secondPower,
        real(settings.learningRate()),
        real(settings.beta1()),
        real(BETA2),
        real(settings.epsilon()),
        gradient);
  }

  /** Counts the step once all parameters have moved. */
  Op finish(List<Op> updates) {
    Ops after = tf.withControlDependencies(updates);
    return tf.withControlDependencies(
            List.of(
                after.assign(firstPower, after.math.mul(firstPower, real(settings.beta1()))),
                after.assign(secondPower, after.math.mul(secondPower, real(BETA2)))))
        .noOp();
  }

  private Operand<T> real(double value) {
    return tf.dtypes.cast(tf.constant(value), type);
  }
}
