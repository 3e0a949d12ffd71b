package io.tandem.graph.joint.policy;

import io.tandem.graph.controller.ControllerSettings;
import io.tandem.graph.core.Scalars;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TBool;
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
   * Adds a step, which moves the vector once. A step that is not wanted leaves vector and slots as
   * they are: with rate 0, decays of 1 and a derivative of 0, bit for bit.
   *
   * @param gradient derivative of what is to fall
   * @param wanted bool scalar
   */
  Op step(Operand<T> gradient, Operand<TBool> wanted) {
    Operand<T> zero = real(tf, vector, 0);
    Operand<T> one = real(tf, vector, 1);
    Operand<T> firstDecay = tf.select(wanted, real(tf, vector, settings.beta1()), one);
    Operand<T> secondDecay = tf.select(wanted, real(tf, vector, BETA2), one);
    Op moved =
        tf.train.applyAdam(
            vector,
            first,
            second,
            firstPower,
            secondPower,
            tf.select(wanted, real(tf, vector, settings.learningRate()), zero),
            firstDecay,
            secondDecay,
            real(tf, vector, settings.epsilon()),
            tf.select(wanted, gradient, zero));
    Ops after = tf.withControlDependencies(List.of(moved));
    return tf.withControlDependencies(
            List.of(
                after.assign(firstPower, after.math.mul(firstPower, firstDecay)),
                after.assign(secondPower, after.math.mul(secondPower, secondDecay))))
        .noOp();
  }

  private static <T extends TNumber> Operand<T> real(Ops tf, Operand<T> like, double value) {
    return Scalars.of(tf, value, like.type());
  }
}
