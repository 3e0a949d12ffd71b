package io.tandem.graph.child.text;

import io.tandem.graph.core.Precision;
import io.tandem.graph.core.Products;
import io.tandem.graph.gradient.WordCrossEntropy;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The last layer of a language model. Of its outputs, which are larger than all else, only what is
 * asked for is added.
 *
 * @param <T> type of reals
 * @param tf where it is added
 * @param hidden {@code [words, hidden]}
 * @param embedding {@code [vocabulary, hidden]}
 * @param bias {@code [vocabulary]}
 * @param precision of the factors of products
 */
public record WordHead<T extends TNumber>(
    Ops tf, Operand<T> hidden, Operand<T> embedding, Operand<T> bias, Precision precision) {
  /** Logits, {@code [words, vocabulary]}. */
  public Operand<T> logits() {
    return tf.math.add(Products.ofTransposed(tf, hidden, embedding, precision), bias);
  }

  /**
   * Losses and probabilities.
   *
   * @param targets {@code [words]}
   */
  public WordCrossEntropy<T> against(Operand<TInt32> targets) {
    return WordCrossEntropy.of(tf, hidden, embedding, bias, targets, precision);
  }

  /**
   * The logits of some words.
   *
   * @param words one per row of {@code hidden}, {@code [words]}
   * @return {@code [words]}
   */
  Operand<T> logits(Operand<TInt32> words) {
    Operand<T> rows = tf.gather(embedding, words, tf.constant(0));
    return tf.math.add(
        tf.reduceSum(tf.math.mul(hidden, rows), tf.constant(1)),
        tf.gather(bias, words, tf.constant(0)));
  }

  /** The mean over the vocabulary of the logits, {@code [words]}. */
  Operand<T> meanLogits() {
    Operand<T> mean = tf.expandDims(tf.math.mean(embedding, tf.constant(0)), tf.constant(1));
    Operand<T> products = tf.reduceSum(tf.linalg.matMul(hidden, mean), tf.constant(1));
    return tf.math.add(products, tf.math.mean(bias, tf.constant(0)));
  }
}
