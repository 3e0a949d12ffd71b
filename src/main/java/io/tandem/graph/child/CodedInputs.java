package io.tandem.graph.child;

import io.tandem.graph.core.Precision;
import io.tandem.graph.core.Products;
import io.tandem.graph.core.Scalars;
import io.tandem.space.PerceptronArchitecture;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The first layer's inputs from rows whose last columns are codes of categories: each code becomes
 * an indicator for each of its values, or the learned vector of its value (entity embeddings, Guo
 * and Berkhahn 2016). A code that is none of the values becomes zeros.
 *
 * <p>Vectors are looked up as products with indicators: their derivatives of any order are then
 * those of products, with the same order of sums on every machine.
 *
 * @param tf where the operations are added
 * @param precision number format of the products
 * @param input the columns of a row
 */
record CodedInputs(Ops tf, Precision precision, PerceptronArchitecture.Input input) {
  /**
   * Standard deviation of the initial vectors: small, so that a value that is in few rows counts
   * little until it has been learned.
   */
  static final double INITIAL = 0.1;

  /**
   * Indicators in place of the codes.
   *
   * @param x rows {@code [batch, numbers + codes]}
   * @return {@code [batch, numbers + values of all codes]}
   */
  <T extends TNumber> Operand<T> indicators(Operand<T> x) {
    if (input.vocabularies().isEmpty()) {
      return x;
    }
    List<Operand<T>> parts = numbers(x);
    for (int code = 0; code < input.vocabularies().size(); code++) {
      parts.add(indicators(x, code));
    }
    return tf.concat(parts, tf.constant(1));
  }

  /**
   * Vectors in place of the codes: the first element of the vector of each code, then the second
   * one of each, so that shorter vectors use the first rows of the same kernel.
   *
   * @param x rows {@code [batch, numbers + codes]}
   * @param tables the vectors of each code {@code [values, length]}
   * @return {@code [batch, numbers + length * codes]}
   */
  <T extends TNumber> Operand<T> embedded(Operand<T> x, List<Operand<T>> tables) {
    List<Operand<T>> vectors = new ArrayList<>();
    for (int code = 0; code < tables.size(); code++) {
      vectors.add(Products.of(tf, indicators(x, code), tables.get(code), precision));
    }
    Operand<T> stacked = tf.stack(vectors, Stack.axis(2L));
    Operand<TInt32> rows = tf.reshape(tf.shape.size(x, tf.constant(0)), tf.constant(new int[] {1}));
    Operand<TInt32> flat = tf.concat(List.of(rows, tf.constant(new int[] {-1})), tf.constant(0));
    List<Operand<T>> parts = numbers(x);
    parts.add(tf.reshape(stacked, flat));
    return tf.concat(parts, tf.constant(1));
  }

  private <T extends TNumber> List<Operand<T>> numbers(Operand<T> x) {
    List<Operand<T>> parts = new ArrayList<>();
    if (input.numbers() > 0) {
      parts.add(columns(x, 0, input.numbers()));
    }
    return parts;
  }

  private <T extends TNumber> Operand<T> indicators(Operand<T> x, int code) {
    Operand<T> column = columns(x, input.numbers() + code, 1);
    Operand<TInt32> codes =
        tf.dtypes.cast(tf.squeeze(column, Squeeze.axis(List.of(1L))), TInt32.class);
    return tf.oneHot(
        codes,
        tf.constant(input.vocabularies().get(code)),
        Scalars.of(tf, 1, x.type()),
        Scalars.of(tf, 0, x.type()));
  }

  private <T extends TNumber> Operand<T> columns(Operand<T> x, int from, int count) {
    return tf.slice(x, tf.constant(new int[] {0, from}), tf.constant(new int[] {-1, count}));
  }
}
