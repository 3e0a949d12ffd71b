package io.tandem.graph.controller;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * All categorical decisions of a replay at once: {@code K} softmaxes, padded to the {@code O}
 * options of the largest with options that have probability 0.
 *
 * @param <T> type of reals
 */
final class CategoricalBatch<T extends TNumber> {
  /** Logit of an option that there is not; its exponential is 0, and it is finite. */
  private static final double NEVER = -1e30;

  private final Parameters<T> parameters;
  private final Ops tf;
  private final ControllerSettings settings;
  private final PerPart<T> copies;
  private final List<CategoricalHead<T>> heads = new ArrayList<>();
  private final List<Operand<T>> hidden = new ArrayList<>();
  private final List<Operand<T>> results = new ArrayList<>();

  CategoricalBatch(Parameters<T> parameters, ControllerSettings settings, PerPart<T> copies) {
    this.parameters = parameters;
    this.tf = parameters.ops();
    this.settings = settings;
    this.copies = copies;
  }

  /** Adds a decision with its state {@code [R, units]}. */
  void add(CategoricalHead<T> head, Operand<T> state) {
    heads.add(head);
    hidden.add(state);
  }

  boolean isEmpty() {
    return heads.isEmpty();
  }

  /**
   * Judges the choices.
   *
   * @param chosen int32 {@code [K, R]}
   */
  void complete(Operand<TInt32> chosen) {
    int options = heads.stream().mapToInt(CategoricalHead::options).max().orElseThrow();
    Operand<T> logits =
        tf.math.add(Logits.soften(parameters, settings, raw(options)), padding(options));
    Operand<T> logSoftmax =
        tf.nn.logSoftmax(tf.reshape(logits, tf.constant(new int[] {-1, options}))); // [K R, O]
    Operand<TInt32> rows = tf.constant(new int[] {heads.size(), -1});
    Operand<T> picked =
        tf.oneHot(
            tf.reshape(chosen, tf.constant(new int[] {-1})),
            tf.constant(options),
            parameters.real(1),
            parameters.real(0));
    Operand<T> weighted = tf.math.mul(tf.math.exp(logSoftmax), logSoftmax);
    Operand<T> entropies = tf.math.neg(tf.reduceSum(weighted, tf.constant(1)));
    results.add(tf.reshape(tf.reduceSum(tf.math.mul(picked, logSoftmax), tf.constant(1)), rows));
    results.add(tf.reduceSum(tf.reshape(entropies, rows), tf.constant(0)));
  }

  /** Products of states and kernels, {@code [K, P, M, O]}. */
  private Operand<T> raw(int options) {
    int units = settings.lstmUnits();
    int count = heads.size();
    int[] kernels = new int[count * units * options];
    int[] biases = new int[count * options];
    Arrays.fill(kernels, -1);
    Arrays.fill(biases, -1);
    for (int k = 0; k < count; k++) {
      CategoricalHead<T> head = heads.get(k);
      for (int option = 0; option < head.options(); option++) {
        biases[k * options + option] = head.bias().place() + option;
        for (int unit = 0; unit < units; unit++) {
          kernels[(k * units + unit) * options + option] =
              head.kernel().place() + unit * head.options() + option;
        }
      }
    }
    Operand<TInt32> swapped = tf.constant(new int[] {1, 0, 2, 3});
    Operand<T> kernel = tf.linalg.transpose(copies.copies(kernels, count, units, options), swapped);
    Operand<T> bias = tf.linalg.transpose(copies.copies(biases, count, 1, options), swapped);
    Operand<T> states =
        tf.reshape(
            tf.stack(hidden),
            tf.concat(
                List.of(tf.constant(new int[] {count}), copies.shaped(-1, units)), tf.constant(0)));
    return tf.math.add(tf.train.batchMatMul(states, kernel, parameters.type()), bias);
  }

  private Operand<T> padding(int options) {
    double[][][][] padding = new double[heads.size()][1][1][options];
    for (int k = 0; k < padding.length; k++) {
      Arrays.fill(padding[k][0][0], heads.get(k).options(), options, NEVER);
    }
    return tf.dtypes.cast(tf.constant(padding), parameters.type());
  }

  /** Log-probabilities of the choices, {@code [K, R]}. */
  Operand<T> logChoices() {
    return results.get(0);
  }

  /** Entropy of all decisions, {@code [R]}. */
  Operand<T> entropy() {
    return results.get(1);
  }
}
