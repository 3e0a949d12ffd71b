package io.tandem.graph.child;

import io.tandem.graph.core.Scalars;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Shared weights that are flat vectors, of which an architecture uses segments.
 *
 * @param <T> type of reals
 */
public abstract class SharedVectors<T extends TNumber> implements SharedWeights<T> {
  private final Ops tf;
  private final ArchitectureTensors<T> architecture;
  private final List<SharedVector> vectors;
  private final List<Variable<T>> weights;

  /**
   * Creates the variables, uninitialised until {@link #initialValues} are assigned.
   *
   * @param tf graph scope
   * @param type float32 or float64
   * @param architecture the chosen one
   * @param vectors the weights
   */
  protected SharedVectors(
      Ops tf, Class<T> type, ArchitectureTensors<T> architecture, List<SharedVector> vectors) {
    this.tf = tf;
    this.architecture = architecture;
    this.vectors = List.copyOf(vectors);
    weights = created(type, vectors);
  }

  private static <T extends TNumber> List<Variable<T>> created(
      Class<T> type, List<SharedVector> vectors) {
    List<Variable<T>> created = new ArrayList<>();
    vectors.forEach(vector -> created.add(vector.form().variable(type)));
    return created;
  }

  @Override
  public final List<Variable<T>> weights() {
    return List.copyOf(weights);
  }

  @Override
  public final List<Variable<T>> variables(Class<T> type) {
    return created(type, vectors);
  }

  @Override
  public final Op assign(int index, Variable<T> variable, Operand<T> value) {
    return tf.assign(variable, vectors.get(index).form().stored(value));
  }

  @Override
  public final Shape shape(int index) {
    return vectors.get(index).form().shape();
  }

  @Override
  public final List<Operand<T>> corners(List<? extends Operand<T>> full) {
    List<Operand<T>> corners = new ArrayList<>();
    for (int index = 0; index < vectors.size(); index++) {
      corners.add(vectors.get(index).form().segment(full.get(index)));
    }
    return corners;
  }

  @Override
  public final List<Operand<TInt32>> places() {
    return vectors.stream().map(vector -> vector.form().places()).toList();
  }

  @Override
  public final Operand<T> write(
      int index, Operand<T> target, Operand<TInt32> place, Operand<T> value) {
    return vectors.get(index).form().write(target, place, value);
  }

  @Override
  public final Operand<T> add(
      int index, Operand<T> target, Operand<TInt32> place, Operand<T> value) {
    return vectors.get(index).form().add(target, place, value);
  }

  /**
   * Initial values: what is drawn is from a normal distribution that is cut off, with the
   * {@linkplain Part#deviation deviation} of its part, as that of a network of its own; scales are
   * 1, offsets and biases 0. They do not depend on the architecture.
   */
  @Override
  public final List<Operand<T>> initialValues(Operand<TInt64> seed, Operand<T> scale) {
    Class<T> type = scale.type();
    Map<Parts, Operand<T>> deviations = new HashMap<>();
    Map<Parts, Operand<T>> means = new HashMap<>();
    List<Operand<T>> values = new ArrayList<>();
    for (int index = 0; index < vectors.size(); index++) {
      Parts parts = vectors.get(index).parts();
      Operand<T> normal =
          tf.random.statelessTruncatedNormal(
              tf.constant(new int[] {parts.size()}),
              tf.math.add(seed, tf.constant(new long[] {0, (long) index << 40})),
              type);
      Operand<T> deviation =
          deviations.computeIfAbsent(
              parts,
              key ->
                  tf.math.mul(
                      key.deviations(tf, type),
                      tf.math.div(scale, Scalars.of(tf, Parts.TRUNCATED, type))));
      Operand<T> mean = means.computeIfAbsent(parts, key -> key.means(tf, type));
      values.add(tf.math.add(tf.math.mul(normal, deviation), mean));
    }
    return values;
  }

  @Override
  public final List<Operand<T>> gates() {
    return architecture.gates();
  }
}
