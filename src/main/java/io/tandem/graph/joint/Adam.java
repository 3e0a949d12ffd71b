package io.tandem.graph.joint;

import io.tandem.graph.controller.ControllerSettings;
import io.tandem.graph.core.Scalars;
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
  private final Variable<T> vector;
  private final ControllerSettings settings;
  private final Variable<T> first;
  private final Variable<T> second;
  private final Variable<T> firstPower;
  private final Variable<T> secondPower;

  /**
   * Adds the slots.
   *
   * @param tf where they are added
   * @param vector what is moved
   * @param settings learning rate, decay of the first moment, term in the denominator
   */
  Adam(Ops tf, Variable<T> vector, ControllerSettings settings) {
    this.tf = tf;
    this.vector = vector;
    this.settings = settings;
    Operand<T> zeros = tf.fill(tf.constant(vector.shape().asArray()), real(tf, vector, 0));
    firstPower = tf.variable(real(tf, vector, settings.beta1()));
    secondPower = tf.variable(real(tf, vector, BETA2));
    first = tf.variable(zeros);
    second = tf.variable(zeros);
  }

  /**
   * Adds a step, which moves the vector once.
   *
   * @param gradient derivative of what is to fall
   */
  Op step(Operand<T> gradient) {
    Op moved =
        tf.train.applyAdam(
            vector,
            first,
            second,
            firstPower,
            secondPower,
            real(tf, vector, settings.learningRate()),
            real(tf, vector, settings.beta1()),
            real(tf, vector, BETA2),
            real(tf, vector, settings.epsilon()),
            gradient);
    Ops after = tf.withControlDependencies(List.of(moved));
    return tf.withControlDependencies(
            List.of(
                after.assign(
                    firstPower, after.math.mul(firstPower, real(after, vector, settings.beta1()))),
                after.assign(secondPower, after.math.mul(secondPower, real(after, vector, BETA2)))))
        .noOp();
  }

  private static <T extends TNumber> Operand<T> real(Ops tf, Operand<T> like, double value) {
    return Scalars.of(tf, value, like.type());
  }
}
