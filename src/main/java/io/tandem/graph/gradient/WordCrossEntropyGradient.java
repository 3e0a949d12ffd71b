package io.tandem.graph.gradient;

import io.tandem.graph.core.Precision;
import io.tandem.graph.core.Products;
import io.tandem.graph.gradient.op.NoGradient;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Gradient of {@link WordCrossEntropy}. The probabilities are an output, so that a second
 * derivative sees what the first was computed from.
 *
 * @param precision of the factors of products
 */
record WordCrossEntropyGradient(Precision precision) implements Composite.Backward {
  private static final int LOSSES = 0;
  private static final int PROBABILITIES = 1;

  @Override
  public <T extends TNumber> List<Operand<?>> backward(
      Ops tf, Composite.Node<T> node, Class<T> type) {
    List<Operand<T>> hidden = new ArrayList<>();
    List<Operand<T>> layer = new ArrayList<>();
    if (node.has(LOSSES)) {
      ofLosses(tf, node, hidden, layer);
    }
    if (node.has(PROBABILITIES)) {
      ofProbabilities(tf, node, hidden, layer);
    }
    if (hidden.isEmpty()) {
      return List.of(
          NoGradient.value(), NoGradient.value(), NoGradient.value(), NoGradient.value());
    }
    Operand<T> whole = sum(tf, layer); // [vocabulary, width + 1]
    Operand<TInt32> start = tf.constant(new int[2]);
    Operand<T> embedding = tf.slice(whole, start, tf.shape(node.input(1)));
    Operand<TInt32> width = tf.gather(tf.shape(node.input(1)), tf.constant(1), tf.constant(0));
    Operand<T> bias = tf.gather(whole, width, tf.constant(1));
    return List.of(sum(tf, hidden), embedding, bias, NoGradient.value());
  }

  /** {@code s (P E - E[t])} and {@code Pᵀ (s [x, 1]) - scatter(t, s [x, 1])}. */
  private <T extends TNumber> void ofLosses(
      Ops tf, Composite.Node<T> node, List<Operand<T>> hidden, List<Operand<T>> layer) {
    Operand<T> embedding = node.input(1);
    Operand<TInt32> targets = node.operation().input(3).expect(TInt32.class);
    Operand<T> each = tf.expandDims(node.derivative(LOSSES), tf.constant(1));
    Operand<T> expected = Products.of(tf, node.output(PROBABILITIES), embedding, precision);
    Operand<T> found = tf.gather(embedding, targets, tf.constant(0));
    hidden.add(tf.math.mul(tf.math.sub(expected, found), each));
    Operand<T> weighted =
        tf.concat(List.of(tf.math.mul(node.input(0), each), each), tf.constant(1));
    Operand<TInt32> vocabulary = tf.gather(tf.shape(embedding), tf.constant(0), tf.constant(0));
    layer.add(
        tf.math.sub(
            Products.transposedOf(tf, node.output(PROBABILITIES), weighted, precision),
            tf.math.unsortedSegmentSum(weighted, targets, vocabulary)));
  }

  /** Through the softmax: {@code g = P (dP - Σ dP P)}, then the product. */
  private <T extends TNumber> void ofProbabilities(
      Ops tf, Composite.Node<T> node, List<Operand<T>> hidden, List<Operand<T>> layer) {
    Operand<T> probabilities = node.output(PROBABILITIES);
    Operand<T> derivative = node.derivative(PROBABILITIES);
    Operand<T> mean =
        tf.reduceSum(
            tf.math.mul(derivative, probabilities), tf.constant(1), ReduceSum.keepDims(true));
    Operand<T> logits = tf.math.mul(tf.math.sub(derivative, mean), probabilities);
    hidden.add(Products.of(tf, logits, node.input(1), precision));
    Operand<T> ones = tf.onesLike(tf.slice(logits, tf.constant(new int[2]), column(tf, logits)));
    layer.add(
        Products.transposedOf(
            tf, logits, tf.concat(List.of(node.input(0), ones), tf.constant(1)), precision));
  }

  private static <T extends TNumber> Operand<TInt32> column(Ops tf, Operand<T> matrix) {
    return tf.stack(
        List.of(tf.gather(tf.shape(matrix), tf.constant(0), tf.constant(0)), tf.constant(1)));
  }

  private static <T extends TNumber> Operand<T> sum(Ops tf, List<Operand<T>> terms) {
    return terms.size() == 1 ? terms.get(0) : tf.math.addN(terms);
  }
}
