package io.tandem.graph.gradient;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * What a long short-term memory cell (Hochreiter and Schmidhuber 1997, with the forget gate of Gers
 * et al. 2000) makes of the inputs of its gates, as one {@link Composite}: {@code c = σ(f) c' +
 * σ(i) tanh(g)}, {@code h = σ(o) tanh(c)}.
 *
 * @param <T> type of reals
 * @param hidden {@code h}, {@code [M, units]}
 * @param cell {@code c}, {@code [M, units]}
 */
public record LstmStep<T extends TNumber>(Operand<T> hidden, Operand<T> cell) {
  /**
   * Adds a step.
   *
   * @param tf where it is added
   * @param gates inputs of the gates i, f, g, o, {@code [M, 4 units]}
   * @param before {@code c'}, {@code [M, units]}; null for zeros
   */
  public static <T extends TNumber> LstmStep<T> of(
      Ops tf, Operand<T> gates, @Nullable Operand<T> before) {
    Class<T> type = gates.type();
    List<Output<T>> parts = tf.split(tf.constant(1), tf.stopGradient(gates), 4L).output();
    Operand<T> write = tf.math.sigmoid(parts.get(0));
    Operand<T> content = tf.math.tanh(parts.get(2));
    Operand<T> show = tf.math.sigmoid(parts.get(3));
    Operand<T> written = tf.math.mul(write, content);
    if (before == null) {
      Operand<T> squashed = tf.math.tanh(written);
      List<Output<?>> ended =
          Composite.LSTM_STEP.end(
              tf,
              List.of(gates),
              List.of(tf.math.mul(show, squashed), written, squashed, write, content, show));
      return new LstmStep<>(ended.get(0).expect(type), ended.get(1).expect(type));
    }
    Operand<T> forget = tf.math.sigmoid(parts.get(1));
    Operand<T> kept = tf.math.mul(forget, tf.stopGradient(before));
    Operand<T> cell = tf.math.addN(List.of(kept, written));
    Operand<T> squashed = tf.math.tanh(cell);
    List<Output<?>> ended =
        Composite.LSTM_STEP.end(
            tf,
            List.of(gates, before),
            List.of(tf.math.mul(show, squashed), cell, squashed, write, content, show, forget));
    return new LstmStep<>(ended.get(0).expect(type), ended.get(1).expect(type));
  }
}
