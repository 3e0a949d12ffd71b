package io.tandem.graph.controller;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * All skip decisions of a replay at once: {@code Q} pairs of a layer and an earlier one. The
 * penalty is the Kullback-Leibler divergence of the probabilities from the target rate.
 *
 * @param <T> type of reals
 */
final class SkipBatch<T extends TNumber> {
  private final Parameters<T> parameters;
  private final Ops tf;
  private final ControllerSettings settings;
  private final PerPart<T> copies;
  private final List<Integer> earlier = new ArrayList<>();
  private final List<Operand<T>> hidden = new ArrayList<>();
  private final List<Operand<T>> anchors = new ArrayList<>();
  private final List<Operand<T>> results = new ArrayList<>();

  SkipBatch(Parameters<T> parameters, ControllerSettings settings, PerPart<T> copies) {
    this.parameters = parameters;
    this.tf = parameters.ops();
    this.settings = settings;
    this.copies = copies;
  }

  /** Adds the state at the end of a layer, {@code [R, units]}. */
  void anchor(Operand<T> state) {
    anchors.add(state);
  }

  /** States at the end of the layers so far. */
  List<Operand<T>> anchors() {
    return List.copyOf(anchors);
  }

  /** Adds a decision on some of the anchors so far with its state {@code [R, units]}. */
  void add(int layers, Operand<T> state) {
    earlier.add(layers);
    hidden.add(state);
  }

  boolean isEmpty() {
    return earlier.isEmpty();
  }

  /**
   * Judges the choices.
   *
   * @param attention the weights
   * @param chosen 0 or 1, {@code [Q, R]}
   */
  void complete(SkipHead.Attention<T> attention, Operand<T> chosen) {
    Operand<T> logits = Logits.soften(parameters, settings, raw(attention));
    Operand<T> yes = tf.math.sigmoid(logits);
    Operand<T> logYes = tf.math.neg(tf.math.softplus(tf.math.neg(logits)));
    Operand<T> logNo = tf.math.neg(tf.math.softplus(logits));
    Operand<T> one = parameters.real(1);
    Operand<T> no = tf.math.sub(one, yes);
    results.add(
        tf.math.add(tf.math.mul(chosen, logYes), tf.math.mul(tf.math.sub(one, chosen), logNo)));
    results.add(tf.math.neg(sum(tf.math.add(tf.math.mul(yes, logYes), tf.math.mul(no, logNo)))));
    double target = settings.skipTarget();
    results.add(
        sum(
            tf.math.add(
                tf.math.mul(yes, tf.math.sub(logYes, parameters.real(Math.log(target)))),
                tf.math.mul(no, tf.math.sub(logNo, parameters.real(Math.log(1 - target)))))));
  }

  /** Logits before temperature and tanh constant, {@code [Q, R]}. */
  private Operand<T> raw(SkipHead.Attention<T> attention) {
    int units = settings.lstmUnits();
    int most = earlier.stream().mapToInt(each -> each).max().orElseThrow();
    int pairs = earlier.stream().mapToInt(each -> each).sum();
    Operand<T> keys = projected(anchors.subList(0, most), attention.previous());
    Operand<T> queries = projected(hidden, attention.current());
    Operand<T> both =
        tf.reshape(
            tf.concat(List.of(keys, queries), tf.constant(0)),
            tf.constant(new int[] {most + hidden.size(), -1}));
    // Picks the key and the query of every pair and adds them.
    double[][] picks = new double[pairs][most + hidden.size()];
    int pair = 0;
    for (int decision = 0; decision < hidden.size(); decision++) {
      for (int layer = 0; layer < earlier.get(decision); layer++) {
        picks[pair][layer] = 1;
        picks[pair++][most + decision] = 1;
      }
    }
    Operand<T> sums = tf.linalg.matMul(tf.dtypes.cast(tf.constant(picks), parameters.type()), both);
    Operand<T> score = copies.copies(attention.score().places(), units, 1);
    Operand<T> logits =
        tf.train.batchMatMul(
            tf.reshape(tf.math.tanh(sums), shape(pairs, units)), score, parameters.type());
    return tf.reshape(logits, tf.constant(new int[] {pairs, -1}));
  }

  private Operand<T> projected(List<Operand<T>> states, Parameter<T> weights) {
    int units = settings.lstmUnits();
    return tf.train.batchMatMul(
        tf.reshape(tf.stack(states), shape(states.size(), units)),
        copies.copies(weights.places(), units, units),
        parameters.type());
  }

  private Operand<TInt32> shape(int count, int units) {
    return tf.concat(
        List.of(tf.constant(new int[] {count}), copies.shaped(-1, units)), tf.constant(0));
  }

  private Operand<T> sum(Operand<T> pairs) {
    return tf.reduceSum(pairs, tf.constant(0));
  }

  /** Log-probabilities of the choices, {@code [Q, R]}. */
  Operand<T> logChoices() {
    return results.get(0);
  }

  /** Entropy of all decisions, {@code [R]}. */
  Operand<T> entropy() {
    return results.get(1);
  }

  /** Divergence from the target rate, {@code [R]}. */
  Operand<T> penalty() {
    return results.get(2);
  }
}
