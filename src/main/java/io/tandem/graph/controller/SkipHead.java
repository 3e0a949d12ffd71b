package io.tandem.graph.controller;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Set-selection attention over the earlier layers (Pham et al. 2018, section 2.3; Neelakantan et
 * al. 2015): {@code logit_j = v · tanh(W_prev anchor_j + W_curr hidden)}, each an independent yes
 * or no.
 *
 * @param <T> type of reals
 * @param parameters where numbers of their type come from
 * @param settings temperature, tanh constant
 * @param earlier number of earlier layers
 * @param attention the weights
 * @param last whether no step follows
 */
record SkipHead<T extends TNumber>(
    Parameters<T> parameters,
    ControllerSettings settings,
    int earlier,
    Attention<T> attention,
    boolean last)
    implements Head<T> {

  /** The weights of the attention, one set for all layers. */
  record Attention<T extends TNumber>(
      Parameter<T> previous, Parameter<T> current, Parameter<T> score) {
    static <T extends TNumber> Attention<T> create(Parameters<T> parameters, int units) {
      return new Attention<>(
          parameters.uniform(units, units),
          parameters.uniform(units, units),
          parameters.uniform(units, 1));
    }
  }

  @Override
  public Drawn<T> draw(DrawState<T> state) {
    Ops tf = parameters.ops();
    Operand<T> query = tf.linalg.matMul(state.hidden(), attention.current().value());
    Operand<T> keys = tf.stack(state.keys().subList(0, earlier), Stack.axis(1L));
    Operand<T> meets = tf.math.tanh(tf.math.add(keys, tf.expandDims(query, tf.constant(1))));
    Operand<T> rows = tf.reshape(meets, tf.constant(new int[] {-1, settings.lstmUnits()}));
    Operand<T> raw =
        tf.reshape(
            tf.linalg.matMul(rows, attention.score().value()),
            tf.constant(new int[] {-1, earlier}));
    Operand<T> yes = tf.math.sigmoid(Logits.soften(parameters, settings, raw));
    Operand<TInt32> bits = tf.dtypes.cast(tf.math.less(state.noise(), yes), TInt32.class);
    Operand<T> next =
        last
            ? null
            : state.inputs().of(mean(state.anchors(), tf.dtypes.cast(bits, parameters.type())));
    return new Drawn<>(bits, null, next);
  }

  /**
   * Mean of the chosen anchors, as in the ENAS sources (their sum over 1 + number chosen), {@code
   * [R, units]}.
   *
   * @param anchors each {@code [R, units]}
   * @param chosen 0 or 1, {@code [R, earlier]}
   */
  Operand<T> mean(List<Operand<T>> anchors, Operand<T> chosen) {
    Ops tf = parameters.ops();
    Operand<T> count = tf.math.add(tf.reduceSum(chosen, tf.constant(1)), parameters.real(1));
    Operand<T> weights = tf.math.div(chosen, tf.expandDims(count, tf.constant(1)));
    Operand<T> stacked = tf.stack(anchors.subList(0, earlier), Stack.axis(1L));
    return tf.reduceSum(
        tf.math.mul(stacked, tf.expandDims(weights, tf.constant(2))), tf.constant(1));
  }
}
