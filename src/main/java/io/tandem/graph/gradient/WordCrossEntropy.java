package io.tandem.graph.gradient;

import io.tandem.graph.core.Precision;
import io.tandem.graph.core.Products;
import io.tandem.graph.core.Scalars;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The last layer of a language model and its softmax cross-entropy as one {@link Composite}. What
 * is as large as words times vocabulary decides how long it takes, and is passed over five times
 * here, backward included: product, softmax, and the two products of the derivatives {@code s (P E
 * - E[t])} and {@code Pᵀ (s x) - scatter(t, s x)}, whose factors {@code s} are applied to small
 * matrices. As operations of TensorFlow's own there are thirteen passes.
 *
 * @param <T> type of reals
 * @param losses in nats, {@code [words]}
 * @param probabilities {@code P}, {@code [words, vocabulary]}
 */
public record WordCrossEntropy<T extends TNumber>(Operand<T> losses, Operand<T> probabilities) {
  /** Below it the probability of a target has lost digits or is 0, and its logarithm with it. */
  private static final double SMALL = 1e-30;

  /**
   * Adds layer and loss.
   *
   * @param tf where they are added
   * @param hidden {@code x}, {@code [words, width]}
   * @param embedding {@code E}, {@code [vocabulary, width]}
   * @param bias {@code [vocabulary]}
   * @param targets {@code t}, {@code [words]}
   * @param precision of the factors of products
   */
  public static <T extends TNumber> WordCrossEntropy<T> of(
      Ops tf,
      Operand<T> hidden,
      Operand<T> embedding,
      Operand<T> bias,
      Operand<TInt32> targets,
      Precision precision) {
    Class<T> type = hidden.type();
    Operand<T> x = tf.stopGradient(hidden);
    Operand<T> ones = tf.fill(tf.stack(List.of(rows(tf, x), tf.constant(1))), one(tf, type));
    // The bias is a column of the matrix: added by itself it would be one more pass.
    Operand<T> left = tf.concat(List.of(x, ones), tf.constant(1));
    Operand<T> right =
        tf.concat(
            List.of(
                tf.stopGradient(embedding), tf.expandDims(tf.stopGradient(bias), tf.constant(1))),
            tf.constant(1));
    Operand<T> probabilities = tf.nn.softmax(Products.ofTransposed(tf, left, right, precision));
    Operand<TInt32> order = tf.range(tf.constant(0), rows(tf, x), tf.constant(1));
    Operand<T> likelihoods =
        tf.gatherNd(probabilities, tf.stack(List.of(order, targets), Stack.axis(1L)));
    Operand<T> losses = losses(tf, likelihoods, left, right, targets, precision);
    Composite kind =
        precision == Precision.BFLOAT16
            ? Composite.WORD_CROSS_ENTROPY_BFLOAT16
            : Composite.WORD_CROSS_ENTROPY;
    List<Output<?>> ended =
        kind.end(tf, List.of(hidden, embedding, bias, targets), List.of(losses, probabilities));
    return new WordCrossEntropy<>(ended.get(0).expect(type), ended.get(1).expect(type));
  }

  /**
   * Minus the logarithms of the likelihoods, unless one is too small: then all are computed anew
   * from the logits, which takes long and happens to weights that diverge.
   */
  private static <T extends TNumber> Operand<T> losses(
      Ops tf,
      Operand<T> likelihoods,
      Operand<T> left,
      Operand<T> right,
      Operand<TInt32> targets,
      Precision precision) {
    Operand<T> least = tf.min(likelihoods, tf.constant(0));
    Operand<T> bound = Scalars.of(tf, SMALL, likelihoods.type());
    Operand<TInt32> anew =
        tf.dtypes.cast(tf.math.logicalNot(tf.math.greaterEqual(least, bound)), TInt32.class);
    Operand<T> found = LazyBranches.enter(tf, anew, 2, 0, likelihoods);
    Operand<T> logits =
        Products.ofTransposed(
            tf,
            LazyBranches.enter(tf, anew, 2, 1, left),
            LazyBranches.enter(tf, anew, 2, 1, right),
            precision);
    return tf.merge(
            List.of(
                tf.math.neg(tf.math.log(found)),
                tf.nn.sparseSoftmaxCrossEntropyWithLogits(logits, targets).loss()))
        .output();
  }

  private static <T extends TNumber> Operand<TInt32> rows(Ops tf, Operand<T> matrix) {
    return tf.gather(tf.shape(matrix), tf.constant(0), tf.constant(0));
  }

  private static <T extends TNumber> Operand<T> one(Ops tf, Class<T> type) {
    return Scalars.of(tf, 1, type);
  }
}
