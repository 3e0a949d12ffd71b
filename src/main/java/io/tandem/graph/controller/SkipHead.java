package io.tandem.graph.controller;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Set-selection attention over the earlier layers (Pham et al. 2018, section 2.3; Neelakantan et
 * al. 2015): {@code logit_j = v · tanh(W_prev anchor_j + W_curr hidden)}, each an independent yes
 * or no. The penalty is the Kullback-Leibler divergence of the probabilities from the target rate.
 *
 * @param <T> type of reals
 */
final class SkipHead<T extends TNumber> implements Head<T> {
  private final Ops tf;
  private final Parameters<T> parameters;
  private final ControllerSettings settings;
  private final int earlier;
  private final Attention<T> attention;

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

  SkipHead(
      Parameters<T> parameters, ControllerSettings settings, int earlier, Attention<T> attention) {
    this.tf = parameters.ops();
    this.parameters = parameters;
    this.settings = settings;
    this.earlier = earlier;
    this.attention = attention;
  }

  @Override
  public Outcome<T> decide(HeadContext<T> context) {
    Operand<T> query = tf.linalg.matMul(context.hidden(), attention.current().value());
    java.util.List<Operand<T>> columns = new java.util.ArrayList<>();
    for (Operand<T> anchor : context.anchors().subList(0, earlier)) {
      Operand<T> key = tf.linalg.matMul(anchor, attention.previous().value());
      columns.add(
          tf.linalg.matMul(tf.math.tanh(tf.math.add(key, query)), attention.score().value()));
    }
    Operand<T> raw = columns.size() == 1 ? columns.get(0) : tf.concat(columns, tf.constant(1));
    Operand<T> logits = Logits.soften(parameters, settings, raw);
    Operand<T> yes = tf.math.sigmoid(logits);
    Operand<T> logYes = tf.math.neg(tf.math.softplus(tf.math.neg(logits)));
    Operand<T> logNo = tf.math.neg(tf.math.softplus(logits));
    Operand<TInt32> drawn =
        tf.dtypes.cast(tf.math.less(context.uniform().draw(earlier), yes), TInt32.class);
    Operand<TInt32> bits = tf.select(context.replay(), context.recorded(), drawn);
    Operand<T> chosen = cast(bits);
    Operand<T> one = parameters.real(1);
    Operand<T> no = tf.math.sub(one, yes);
    Operand<T> logChoices =
        tf.math.add(tf.math.mul(chosen, logYes), tf.math.mul(tf.math.sub(one, chosen), logNo));
    Operand<T> entropy =
        tf.math.neg(sum(tf.math.add(tf.math.mul(yes, logYes), tf.math.mul(no, logNo))));
    double target = settings.skipTarget();
    Operand<T> penalty =
        sum(
            tf.math.add(
                tf.math.mul(yes, tf.math.sub(logYes, parameters.real(Math.log(target)))),
                tf.math.mul(no, tf.math.sub(logNo, parameters.real(Math.log(1 - target))))));
    return new Outcome<>(
        bits, null, sum(logChoices), logChoices, entropy, penalty, next(context, chosen));
  }

  /** Mean of the chosen anchors, as in the ENAS sources (their sum over 1 + number chosen). */
  private Operand<T> next(HeadContext<T> context, Operand<T> chosen) {
    Operand<T> anchors =
        tf.stack(context.anchors().subList(0, earlier), Stack.axis(1L)); // [M, earlier, units]
    Operand<T> total =
        tf.reduceSum(tf.math.mul(anchors, tf.expandDims(chosen, tf.constant(2))), tf.constant(1));
    Operand<T> count = tf.expandDims(tf.math.add(sum(chosen), parameters.real(1)), tf.constant(1));
    return tf.math.div(total, count);
  }

  private Operand<T> cast(Operand<TInt32> bits) {
    return tf.dtypes.cast(bits, attention.score().value().type());
  }

  private Operand<T> sum(Operand<T> rows) {
    return tf.reduceSum(rows, tf.constant(1));
  }
}
