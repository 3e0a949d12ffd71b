package io.tandem.graph.controller;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * One long short-term memory cell (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et
 * al. 2000); a forget bias of 1 is added.
 *
 * @param <T> type of reals
 * @param kernel {@code [2 units, 4 units]}: input and hidden state to the gates i, f, g, o
 * @param bias {@code [4 units]}
 */
record LstmCell<T extends TNumber>(Parameter<T> kernel, Parameter<T> bias) {
  /**
   * Hidden state and cell state, each {@code [M, units]}.
   *
   * @param <T> type of reals
   */
  record State<T extends TNumber>(Operand<T> hidden, Operand<T> cell) {}

  State<T> step(Ops tf, Operand<T> input, State<T> state) {
    Operand<T> joined = tf.concat(java.util.List.of(input, state.hidden()), tf.constant(1));
    Operand<T> gates = tf.math.add(tf.linalg.matMul(joined, kernel.value()), bias.value());
    var parts = tf.split(tf.constant(1), gates, 4L).output();
    Operand<T> one = tf.onesLike(parts.get(1));
    Operand<T> forget = tf.math.sigmoid(tf.math.add(parts.get(1), one));
    Operand<T> write = tf.math.mul(tf.math.sigmoid(parts.get(0)), tf.math.tanh(parts.get(2)));
    Operand<T> cell = tf.math.add(tf.math.mul(forget, state.cell()), write);
    Operand<T> hidden = tf.math.mul(tf.math.sigmoid(parts.get(3)), tf.math.tanh(cell));
    return new State<>(hidden, cell);
  }
}
