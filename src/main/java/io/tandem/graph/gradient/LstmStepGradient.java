package io.tandem.graph.gradient;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.SigmoidGrad;
import org.tensorflow.op.math.TanhGrad;
import org.tensorflow.types.family.TNumber;

/** Gradient of {@link LstmStep}; all shapes are {@code [M, units]}. */
final class LstmStepGradient implements Composite.Backward {
  private static final int HIDDEN = 0;
  private static final int CELL = 1;
  private static final int SQUASHED = 2;
  private static final int WRITE = 3;
  private static final int CONTENT = 4;
  private static final int SHOW = 5;
  private static final int FORGET = 6;

  @Override
  public <T extends TNumber> List<Operand<?>> backward(
      Ops tf, Composite.Node<T> node, Class<T> type) {
    boolean first = node.inputs() == 1;
    List<Operand<T>> show = from(node, SHOW);
    List<Operand<T>> squashed = from(node, SQUASHED);
    if (node.has(HIDDEN)) {
      show.add(tf.math.mul(node.derivative(HIDDEN), node.output(SQUASHED)));
      squashed.add(tf.math.mul(node.derivative(HIDDEN), node.output(SHOW)));
    }
    List<Operand<T>> cells = from(node, CELL);
    if (!squashed.isEmpty()) {
      cells.add(TanhGrad.create(tf.scope(), node.output(SQUASHED), sum(tf, squashed)));
    }
    List<Operand<T>> write = from(node, WRITE);
    List<Operand<T>> content = from(node, CONTENT);
    List<Operand<T>> forget = first ? List.of() : from(node, FORGET);
    Operand<T> before = tf.zerosLike(node.output(CELL));
    if (!cells.isEmpty()) {
      Operand<T> cell = sum(tf, cells);
      write.add(tf.math.mul(cell, node.output(CONTENT)));
      content.add(tf.math.mul(cell, node.output(WRITE)));
      if (!first) {
        forget.add(tf.math.mul(cell, node.input(1)));
        before = tf.math.mul(cell, node.output(FORGET));
      }
    }
    Operand<T> zeros = tf.zerosLike(node.output(CELL));
    Operand<T> gates =
        tf.concat(
            List.of(
                sigmoid(tf, node, WRITE, write, zeros),
                sigmoid(tf, node, FORGET, forget, zeros),
                content.isEmpty()
                    ? zeros
                    : TanhGrad.create(tf.scope(), node.output(CONTENT), sum(tf, content)),
                sigmoid(tf, node, SHOW, show, zeros)),
            tf.constant(1));
    return first ? List.of(gates) : List.of(gates, before);
  }

  /** The derivative that came in by an output, if one did. */
  private static <T extends TNumber> List<Operand<T>> from(Composite.Node<T> node, int output) {
    List<Operand<T>> derivatives = new ArrayList<>();
    if (node.has(output)) {
      derivatives.add(node.derivative(output));
    }
    return derivatives;
  }

  private static <T extends TNumber> Operand<T> sigmoid(
      Ops tf, Composite.Node<T> node, int output, List<Operand<T>> derivatives, Operand<T> zeros) {
    return derivatives.isEmpty()
        ? zeros
        : SigmoidGrad.create(tf.scope(), node.output(output), sum(tf, derivatives));
  }

  private static <T extends TNumber> Operand<T> sum(Ops tf, List<Operand<T>> terms) {
    return terms.size() == 1 ? terms.get(0) : tf.math.addN(terms);
  }
}
