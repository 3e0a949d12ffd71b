package io.tandem.graph.controller;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * What every choice adds to the inputs of the LSTM's gates in the step that follows: the product of
 * its embedding with the kernel, and the bias. There are far fewer embeddings than choices in a
 * batch, so that the products are computed once and looked up.
 *
 * @param <T> type of reals
 */
final class InputTable<T extends TNumber> {
  private final Ops tf;
  private final PerPart<T> copies;
  private final int units;
  private final Map<Parameter<T>, Integer> first;
  private final int rows;
  private final Operand<T> table;
  private final Operand<T> kernel;
  private final Operand<T> bias;

  /**
   * Adds the products.
   *
   * @param parameters where they come from
   * @param lstm kernel and bias
   * @param embeddings with bias, each {@code [options, units]}
   * @param directions without bias, each {@code [1, units]}
   * @param copies the parameters of every part
   */
  InputTable(
      Parameters<T> parameters,
      Lstm<T> lstm,
      List<Parameter<T>> embeddings,
      List<Parameter<T>> directions,
      PerPart<T> copies) {
    this.tf = parameters.ops();
    this.copies = copies;
    this.first = new HashMap<>();
    this.units = lstm.units();
    List<Parameter<T>> all = new ArrayList<>(embeddings);
    all.addAll(directions);
    int[] places = all.stream().flatMapToInt(each -> Arrays.stream(each.places())).toArray();
    rows = places.length / units;
    int row = 0;
    for (Parameter<T> each : all) {
      first.put(each, row);
      row += each.size() / units;
    }
    double[][] biased = new double[rows][1];
    for (int index = 0; index < rows; index++) {
      biased[index][0] = index < rows - directions.size() ? 1 : 0;
    }
    kernel = copies.copies(lstm.inputPlaces(), units, 4 * units);
    bias = lstm.bias(copies);
    Operand<T> products =
        tf.train.batchMatMul(copies.copies(places, rows, units), kernel, parameters.type());
    Operand<T> biases = tf.math.mul(tf.dtypes.cast(tf.constant(biased), parameters.type()), bias);
    table =
        tf.reshape(
            tf.math.add(products, biases), tf.constant(new int[] {-1, 4 * units})); // [P rows, 4 U]
  }

  /**
   * Rows of embeddings.
   *
   * @param embedding one of those given
   */
  int first(Parameter<T> embedding) {
    Integer row = first.get(embedding);
    if (row == null) {
      throw new IllegalArgumentException("the parameter is no embedding of this table");
    }
    return row;
  }

  /**
   * Looks rows up.
   *
   * @param indices rows, int32 of any shape {@code [any]}
   * @return {@code [any, 4 units]}
   */
  Operand<T> look(Operand<TInt32> indices) {
    return tf.gather(table, indices, tf.constant(0));
  }

  /** The first row of every part, int32 {@code [P]}. */
  Operand<TInt32> starts() {
    return tf.math.mul(tf.range(tf.constant(0), copies.parts(), tf.constant(1)), tf.constant(rows));
  }

  /**
   * What vectors add that are no embeddings.
   *
   * @param vectors {@code [R, units]}
   * @return {@code [R, 4 units]}
   */
  Operand<T> of(Operand<T> vectors) {
    Operand<T> products =
        tf.train.batchMatMul(tf.reshape(vectors, copies.shaped(-1, units)), kernel, vectors.type());
    Operand<T> rows = tf.reshape(products, tf.constant(new int[] {-1, 4 * units}));
    return tf.math.add(rows, bias);
  }
}
