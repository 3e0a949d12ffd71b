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
  /** How near a given share may be to an end of the range, where its coordinate is infinite. */
  private static final double EDGE = 1e-6;

  private final Ops tf;
  private final Parameters<T> parameters;
  private final Parameter<T> meanKernel;
  private final Parameter<T> meanBias;
  private final Parameter<T> logStd;
  private final Parameter<T> direction;
  private final Parameter<T> offset;

  GaussianHead(Parameters<T> parameters, ControllerSettings settings) {
    this.tf = parameters.ops();
    this.parameters = parameters;
    int units = settings.lstmUnits();
    this.meanKernel = parameters.uniform(units, 1);
    this.meanBias = parameters.constant(0, 1);
    this.logStd = parameters.constant(Math.log(settings.initialStd()), 1);
    this.direction = parameters.uniform(1, units);
    this.offset = parameters.uniform(1, units);
  }

  @Override
  public Outcome<T> decide(HeadContext<T> context) {
    Operand<T> mean =
        tf.reduceSum(
            tf.math.add(tf.linalg.matMul(context.hidden(), meanKernel.value()), meanBias.value()),
            tf.constant(1));
    Operand<T> logStd = this.logStd.value();
    Operand<T> std = tf.math.exp(logStd);
    Operand<T> drawn = tf.math.add(mean, tf.math.mul(std, context.normal().draw()));
    Operand<T> given = tf.dtypes.cast(context.given(), drawn.type());
    Operand<T> coordinate =
        tf.math.add(
            tf.math.mul(given, coordinate(context.share())),
            tf.math.mul(tf.math.sub(parameters.real(1), given), drawn));
    Operand<T> share = tf.math.sigmoid(coordinate);
    Operand<T> deviation = tf.math.div(tf.math.sub(tf.stopGradient(coordinate), mean), std);
    Operand<T> logProbability =
        tf.math.sub(
            tf.math.mul(tf.math.square(deviation), parameters.real(-0.5)),
            tf.math.add(logStd, parameters.real(0.5 * Math.log(2 * Math.PI))));
    Operand<T> logSlope =
        tf.math.neg(tf.math.add(tf.math.softplus(drawn), tf.math.softplus(tf.math.neg(drawn))));
    Operand<T> entropy =
        tf.math.add(
            tf.math.add(logSlope, logStd), parameters.real(0.5 * Math.log(2 * Math.PI * Math.E)));
    Operand<T> column = tf.expandDims(share, tf.constant(1));
    return new Outcome<>(
        null,
        share,
        logProbability,
        logProbability,
        entropy,
        null,
        tf.math.add(tf.linalg.matMul(column, direction.value()), offset.value()));
  }

  /** Where the sigmoid is the share. */
  private Operand<T> coordinate(Operand<T> share) {
    Operand<T> inside =
        tf.math.minimum(tf.math.maximum(share, parameters.real(EDGE)), parameters.real(1 - EDGE));
    return tf.math.sub(tf.math.log(inside), tf.math.log(tf.math.sub(parameters.real(1), inside)));
  }
}
