package io.tandem.graph.controller;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * A Gaussian in an unconstrained coordinate {@code u = μ + σ ε}, squashed into a share of the
 * range, {@code sigmoid(u)}. Both the share (reparameterised) and the log-density are exact
 * functions of the parameters; the entropy is that of the share, estimated without bias at the
 * drawn point.
 *
 * <p>A point that is given is a constant, also for the decisions that follow: the derivative of its
 * log-density is the score (Williams 1992), which a path through the draw would spoil.
 *
 * @param <T> type of reals
 */
final class GaussianHead<T extends TNumber> implements Head<T> {
  private final Ops tf;
  private final Parameter<T> meanKernel;
  private final Parameter<T> meanBias;
  private final Parameter<T> logStd;
  private final Parameter<T> direction;
  private final Parameter<T> offset;
  private final boolean last;

  /**
   * Declares the parameters.
   *
   * @param parameters where
   * @param settings size of the state, initial standard deviation
   * @param last whether no step follows
   */
  GaussianHead(Parameters<T> parameters, ControllerSettings settings, boolean last) {
    this.tf = parameters.ops();
    this.last = last;
    int units = settings.lstmUnits();
    this.meanKernel = parameters.uniform(units, 1);
    this.meanBias = parameters.constant(0, 1);
    this.logStd = parameters.constant(Math.log(settings.initialStd()), 1);
    this.direction = parameters.uniform(1, units);
    this.offset = parameters.uniform(1, units);
  }

  Parameter<T> meanKernel() {
    return meanKernel;
  }

  Parameter<T> meanBias() {
    return meanBias;
  }

  Parameter<T> logStd() {
    return logStd;
  }

  Parameter<T> direction() {
    return direction;
  }

  Parameter<T> offset() {
    return offset;
  }

  @Override
  public Drawn<T> draw(DrawState<T> state) {
    Operand<T> mean =
        tf.reduceSum(
            tf.math.add(tf.linalg.matMul(state.hidden(), meanKernel.value()), meanBias.value()),
            tf.constant(1));
    Operand<T> share =
        tf.math.sigmoid(tf.math.add(mean, tf.math.mul(tf.math.exp(logStd.value()), state.noise())));
    if (last) {
      return new Drawn<>(null, share, null);
    }
    Operand<T> slope =
        state.inputs().look(tf.constant(new int[] {state.inputs().first(direction)}));
    Operand<T> base = state.inputs().look(tf.constant(new int[] {state.inputs().first(offset)}));
    return new Drawn<>(null, share, next(tf, slope, base, share));
  }

  /**
   * What a share adds to the gates of the next step.
   *
   * @param slope what the direction adds, {@code [R, 4 units]} or one row for all
   * @param base what the offset adds, likewise
   * @param share {@code [R]}
   */
  static <T extends TNumber> Operand<T> next(
      Ops tf, Operand<T> slope, Operand<T> base, Operand<T> share) {
    return tf.math.add(tf.math.mul(tf.expandDims(share, tf.constant(1)), slope), base);
  }
}
