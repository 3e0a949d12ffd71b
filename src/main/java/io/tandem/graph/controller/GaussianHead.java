package io.tandem.graph.controller;

import io.tandem.space.Decision;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * A Gaussian in an unconstrained coordinate {@code u = μ + σ ε}, squashed smoothly into the range:
 * {@code value = inverse(low + (high - low) sigmoid(u))} on the decision's scale. Both the value
 * (reparameterised) and the log-density are exact functions of the parameters; the entropy is that
 * of the squashed variable on its scale, estimated without bias at the drawn point.
 *
 * @param <T> type of reals
 */
final class GaussianHead<T extends TNumber> implements Head<T> {
  private final Ops tf;
  private final Parameters<T> parameters;
  private final Decision.Continuous decision;
  private final Parameter<T> meanKernel;
  private final Parameter<T> meanBias;
  private final Parameter<T> logStd;
  private final Parameter<T> direction;
  private final Parameter<T> offset;

  GaussianHead(
      Parameters<T> parameters, ControllerSettings settings, Decision.Continuous decision) {
    this.tf = parameters.ops();
    this.parameters = parameters;
    this.decision = decision;
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
    Operand<T> coordinate = tf.math.add(mean, tf.math.mul(std, context.normal().draw()));
    Operand<T> share = tf.math.sigmoid(coordinate);
    double low = decision.scale().forward(decision.range().min());
    double high = decision.scale().forward(decision.range().max());
    Operand<T> scaled =
        tf.math.add(tf.math.mul(share, parameters.real(high - low)), parameters.real(low));
    Operand<T> deviation = tf.math.div(tf.math.sub(tf.stopGradient(coordinate), mean), std);
    Operand<T> logProbability =
        tf.math.sub(
            tf.math.mul(tf.math.square(deviation), parameters.real(-0.5)),
            tf.math.add(logStd, parameters.real(0.5 * Math.log(2 * Math.PI))));
    Operand<T> logSlope =
        tf.math.neg(
            tf.math.add(tf.math.softplus(coordinate), tf.math.softplus(tf.math.neg(coordinate))));
    double gaussianEntropy = 0.5 * Math.log(2 * Math.PI * Math.E) + Math.log(high - low);
    Operand<T> entropy =
        tf.math.add(tf.math.add(logSlope, logStd), parameters.real(gaussianEntropy));
    Operand<T> column = tf.expandDims(share, tf.constant(1));
    return new Outcome<>(
        null,
        toValue(scaled),
        logProbability,
        logProbability,
        entropy,
        null,
        tf.math.add(tf.linalg.matMul(column, direction.value()), offset.value()));
  }

  private Operand<T> toValue(Operand<T> scaled) {
    return switch (decision.scale()) {
      case LINEAR -> scaled;
      case LOG -> tf.math.exp(scaled);
      case LOGIT -> tf.math.sigmoid(scaled);
    };
  }
}
