package io.tandem.graph.controller;

import io.tandem.space.Decision;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The noise of a batch, of every decision from a key of its own, so that the same seed gives the
 * same draws whatever else is drawn.
 *
 * @param <T> type of reals
 */
final class Noise<T extends TNumber> {
  private final Parameters<T> parameters;
  private final Ops tf;
  private final Operand<TInt64> seed;
  private final Operand<TInt32> samples;

  Noise(Parameters<T> parameters, Operand<TInt64> seed, Operand<TInt32> samples) {
    this.parameters = parameters;
    this.tf = parameters.ops();
    this.seed = seed;
    this.samples = samples;
  }

  /** The noise of every decision, as {@link DrawState} wants it. */
  List<Operand<T>> of(List<Decision> decisions) {
    List<Operand<T>> uniform = new ArrayList<>();
    List<Integer> columns = new ArrayList<>();
    for (int index = 0; index < decisions.size(); index++) {
      if (decisions.get(index) instanceof Decision.Categorical categorical) {
        uniform.add(uniform(index, categorical.options()));
        columns.add(categorical.options());
      }
    }
    List<Operand<T>> gumbel = uniform.isEmpty() ? List.of() : gumbel(uniform, columns);
    List<Operand<T>> all = new ArrayList<>();
    int next = 0;
    for (int index = 0; index < decisions.size(); index++) {
      Decision decision = decisions.get(index);
      if (decision instanceof Decision.Categorical) {
        all.add(gumbel.get(next++));
      } else if (decision instanceof Decision.Skips skips) {
        all.add(uniform(index, skips.earlier()));
      } else {
        all.add(normal(index));
      }
    }
    return all;
  }

  /** Standard normal noise of a decision, {@code [M]}. */
  Operand<T> normal(int index) {
    return tf.random.statelessRandomNormal(
        tf.stack(List.of(samples)), key(2L * index), parameters.type());
  }

  /** Uniform noise, kept away from 0 so that its logarithm is finite. */
  private Operand<T> uniform(int index, int columns) {
    Operand<T> draw =
        tf.random.statelessRandomUniform(
            tf.stack(List.of(samples, tf.constant(columns))),
            key(2L * index + 1),
            parameters.type());
    return tf.math.maximum(draw, parameters.real(1e-7));
  }

  private List<Operand<T>> gumbel(List<Operand<T>> uniform, List<Integer> columns) {
    Operand<T> all = uniform.size() == 1 ? uniform.get(0) : tf.concat(uniform, tf.constant(1));
    Operand<T> gumbel = tf.math.neg(tf.math.log(tf.math.neg(tf.math.log(all))));
    if (uniform.size() == 1) {
      return List.of(gumbel);
    }
    int[] sizes = columns.stream().mapToInt(each -> each).toArray();
    return List.copyOf(
        tf.splitV(gumbel, tf.constant(sizes), tf.constant(1), (long) sizes.length).output());
  }

  private Operand<TInt64> key(long purpose) {
    return tf.math.add(seed, tf.constant(new long[] {0, purpose << 40}));
  }
}
