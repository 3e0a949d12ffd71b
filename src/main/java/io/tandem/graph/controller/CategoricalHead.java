package io.tandem.graph.controller;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Softmax over the options, with the temperature and tanh constant of Bello et al. 2017 as used by
 * ENAS (Pham et al. 2018): {@code logits = c tanh(raw / temperature)}. Draws by the Gumbel maximum.
 *
 * @param <T> type of reals
 */
final class CategoricalHead<T extends TNumber> implements Head<T> {
  private final Ops tf;
  private final Parameters<T> parameters;
  private final ControllerSettings settings;
  private final int options;
  private final Parameter<T> kernel;
  private final Parameter<T> bias;
  private final Parameter<T> embedding;

  CategoricalHead(Parameters<T> parameters, ControllerSettings settings, int options) {
    this.tf = parameters.ops();
    this.parameters = parameters;
    this.settings = settings;
    this.options = options;
    this.kernel = parameters.uniform(settings.lstmUnits(), options);
    this.bias = parameters.constant(0, options);
    this.embedding = parameters.uniform(options, settings.lstmUnits());
  }

  @Override
  public Outcome<T> decide(HeadContext<T> context) {
    Operand<T> raw = tf.math.add(tf.linalg.matMul(context.hidden(), kernel.value()), bias.value());
    Operand<T> logits = Logits.soften(parameters, settings, raw);
    Operand<T> logSoftmax = tf.nn.logSoftmax(logits);
    Operand<T> uniform = context.uniform().draw(options);
    Operand<T> gumbel = tf.math.neg(tf.math.log(tf.math.neg(tf.math.log(uniform))));
    Operand<TInt32> drawn =
        tf.math.argMax(tf.math.add(logits, gumbel), tf.constant(1), TInt32.class);
    Operand<TInt32> choice =
        tf.select(
            context.replay(), tf.reshape(context.recorded(), tf.constant(new int[] {-1})), drawn);
    Operand<T> chosen =
        tf.oneHot(choice, tf.constant(options), parameters.real(1), parameters.real(0));
    Operand<T> logProbability = sum(tf.math.mul(chosen, logSoftmax));
    Operand<T> entropy = tf.math.neg(sum(tf.math.mul(tf.math.exp(logSoftmax), logSoftmax)));
    return new Outcome<>(
        tf.expandDims(choice, tf.constant(1)),
        null,
        logProbability,
        logProbability,
        entropy,
        null,
        tf.linalg.matMul(chosen, embedding.value()));
  }

  private Operand<T> sum(Operand<T> rows) {
    return tf.reduceSum(rows, tf.constant(1), ReduceSum.keepDims(false));
  }
}
