package io.tandem.graph.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * All {@code C} continuous decisions of a replay. A share is computed where it is met, because the
 * steps that follow depend on it; densities and entropies are computed together.
 *
 * @param <T> type of reals
 */
final class GaussianBatch<T extends TNumber> {
  /** How near a given share may be to an end of the range, where its coordinate is infinite. */
  private static final double EDGE = 1e-6;

  private final Parameters<T> parameters;
  private final Ops tf;
  private final PerPart<T> copies;
  private final ReplaySource<T> source;
  private final List<GaussianHead<T>> heads = new ArrayList<>();
  private final List<Operand<T>> means = new ArrayList<>();
  private final List<Operand<T>> drawn = new ArrayList<>();
  private final List<Operand<T>> coordinates = new ArrayList<>();
  private final List<Operand<T>> shares = new ArrayList<>();
  private final List<Operand<T>> results = new ArrayList<>();
  private List<Operand<T>> spreads = List.of();
  private List<Operand<T>> points = List.of();
  private List<Operand<T>> kernels = List.of();
  private List<Operand<T>> biases = List.of();

  GaussianBatch(Parameters<T> parameters, PerPart<T> copies, ReplaySource<T> source) {
    this.parameters = parameters;
    this.tf = parameters.ops();
    this.copies = copies;
    this.source = source;
  }

  /** Declares a decision; all of them come before the first step. */
  void declare(GaussianHead<T> head) {
    heads.add(head);
  }

  boolean isEmpty() {
    return heads.isEmpty();
  }

  /**
   * Computes what does not depend on states.
   *
   * @param indices of the declared decisions among all
   */
  void prepare(List<Integer> indices) {
    if (isEmpty()) {
      return;
    }
    int count = heads.size();
    Noise<T> noise = new Noise<>(parameters, source.seed(), source.samples());
    List<Operand<T>> normal = new ArrayList<>();
    indices.forEach(index -> normal.add(noise.normal(index)));
    Operand<T> each = tf.expandDims(tf.stack(normal), tf.constant(1)); // [C, 1, M]
    Operand<T> spread = tf.math.mul(std(), each); // [C, P, M]
    spreads = rows(spread);
    Operand<T> given = tf.linalg.transpose(coordinate(source.shares()), swapped()); // [C, M]
    Operand<T> wanted = tf.math.mul(given, tf.dtypes.cast(source.given(), parameters.type()));
    points =
        List.copyOf(
            tf.unstack(
                    tf.tile(wanted, tf.stack(List.of(tf.constant(1), source.parts()))),
                    (long) count)
                .output());
    kernels = new ArrayList<>();
    biases = new ArrayList<>();
    for (GaussianHead<T> head : heads) {
      int units = head.meanKernel().size();
      kernels.add(copies.copies(head.meanKernel().places(), units, 1));
      biases.add(copies.copies(head.meanBias().places(), 1, 1));
    }
  }

  /** Standard deviations, {@code [C, P, 1]}. */
  private Operand<T> std() {
    logStd();
    return tf.math.exp(results.get(0));
  }

  private void logStd() {
    int[] places = heads.stream().mapToInt(head -> head.logStd().place()).toArray();
    Operand<T> all = copies.copies(places, places.length); // [P, C]
    results.add(tf.expandDims(tf.linalg.transpose(all, swapped()), tf.constant(2)));
  }

  /**
   * The share of the next decision.
   *
   * @param hidden its state {@code [R, units]}
   * @return {@code [R]}
   */
  Operand<T> add(Operand<T> hidden) {
    int index = means.size();
    int units = heads.get(index).meanKernel().size();
    Operand<T> mean =
        tf.reshape(
            tf.math.add(
                tf.train.batchMatMul(
                    tf.reshape(hidden, copies.shaped(-1, units)),
                    kernels.get(index),
                    parameters.type()),
                biases.get(index)),
            tf.constant(new int[] {-1}));
    Operand<T> draw = tf.math.addN(List.of(mean, spreads.get(index)));
    Operand<T> free = tf.math.sub(parameters.real(1), tf.dtypes.cast(source.given(), draw.type()));
    Operand<T> coordinate = tf.math.addN(List.of(points.get(index), tf.math.mul(free, draw)));
    Operand<T> share = tf.math.sigmoid(coordinate);
    means.add(mean);
    drawn.add(draw);
    coordinates.add(coordinate);
    shares.add(share);
    return share;
  }

  /** Densities and entropies, when all decisions were added. */
  void complete() {
    Operand<T> logStd = results.get(0);
    Operand<T> mean = parts(means);
    Operand<T> deviation =
        tf.math.div(tf.math.sub(tf.stopGradient(parts(coordinates)), mean), tf.math.exp(logStd));
    Operand<T> density =
        tf.math.sub(
            tf.math.mul(tf.math.square(deviation), parameters.real(-0.5)),
            tf.math.add(logStd, parameters.real(0.5 * Math.log(2 * Math.PI))));
    results.add(sum(density));
    Operand<T> free = parts(drawn);
    Operand<T> logSlope =
        tf.math.neg(tf.math.add(tf.math.softplus(free), tf.math.softplus(tf.math.neg(free))));
    results.add(
        sum(
            tf.math.add(
                logSlope,
                tf.math.add(logStd, parameters.real(0.5 * Math.log(2 * Math.PI * Math.E))))));
  }

  /** Shares, {@code [R, C]}. */
  Operand<T> shares() {
    return tf.stack(shares, Stack.axis(1L));
  }

  /** Log-density of all decisions, {@code [R]}. */
  Operand<T> logDensity() {
    return results.get(1);
  }

  /** Entropy of all decisions, {@code [R]}. */
  Operand<T> entropy() {
    return results.get(2);
  }

  /** {@code [C, P, M]} of {@code C} times {@code [R]}. */
  private Operand<T> parts(List<Operand<T>> each) {
    return tf.reshape(
        tf.stack(each),
        tf.concat(
            List.of(tf.constant(new int[] {each.size()}), copies.shaped(-1)), tf.constant(0)));
  }

  private List<Operand<T>> rows(Operand<T> parts) {
    Operand<T> flat = tf.reshape(parts, tf.constant(new int[] {heads.size(), -1}));
    return List.copyOf(tf.unstack(flat, (long) heads.size()).output());
  }

  /** The sum over the decisions, as {@code [R]}. */
  private Operand<T> sum(Operand<T> parts) {
    return tf.reshape(tf.reduceSum(parts, tf.constant(0)), tf.constant(new int[] {-1}));
  }

  /** Where the sigmoid is the share. */
  private Operand<T> coordinate(Operand<T> share) {
    Operand<T> inside =
        tf.math.minimum(tf.math.maximum(share, parameters.real(EDGE)), parameters.real(1 - EDGE));
    return tf.math.sub(tf.math.log(inside), tf.math.log(tf.math.sub(parameters.real(1), inside)));
  }

  private Operand<TInt32> swapped() {
    return tf.constant(IntStream.of(1, 0).toArray());
  }
}
