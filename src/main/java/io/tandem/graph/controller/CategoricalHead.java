package io.tandem.graph.controller;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
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
  private final boolean last;

  /**
   * Declares the parameters.
   *
   * @param parameters where
   * @param settings size of the state, temperature and tanh constant
   * @param options number of options
   * @param last whether no step follows
   */
  CategoricalHead(
      Parameters<T> parameters, ControllerSettings settings, int options, boolean last) {
    this.tf = parameters.ops();
    this.parameters = parameters;
    this.settings = settings;
    this.options = options;
    this.last = last;
    this.kernel = parameters.uniform(settings.lstmUnits(), options);
    this.bias = parameters.constant(0, options);
    this.embedding = parameters.uniform(options, settings.lstmUnits());
  }

  int options() {
    return options;
  }

  Parameter<T> kernel() {
    return kernel;
  }

  Parameter<T> bias() {
    return bias;
  }

  Parameter<T> embedding() {
    return embedding;
  }

  @Override
  public Drawn<T> draw(DrawState<T> state) {
    Operand<T> raw = tf.math.add(tf.linalg.matMul(state.hidden(), kernel.value()), bias.value());
    Operand<T> logits = Logits.soften(parameters, settings, raw);
    Operand<TInt32> choice =
        tf.math.argMax(tf.math.add(logits, state.noise()), tf.constant(1), TInt32.class);
    Operand<T> next =
        last
            ? null
            : state
                .inputs()
                .look(tf.math.add(choice, tf.constant(state.inputs().first(embedding))));
    return new Drawn<>(tf.expandDims(choice, tf.constant(1)), null, next);
  }
}
