package io.tandem.graph.child.image;

import io.tandem.graph.child.ArchitectureTensors;
import io.tandem.graph.child.SharedChild;
import io.tandem.graph.child.TrainingLogits;
import io.tandem.graph.child.TrainingNoise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Image networks on shared weights that are flat vectors, of which an architecture uses segments.
 *
 * @param <T> type of reals
 */
abstract class SharedImageChild<T extends TNumber> implements SharedChild<T> {
  // 64 MiB for what a layer makes in float32; with fewer rows statistics of the batch are poor.
  private static final int EVALUATION_NUMBERS = 1 << 24;
  private static final int LEAST_EVALUATION_ROWS = 64;

  private final Ops tf;
  private final ArchitectureTensors<T> architecture;
  private final ImageShape image;
  private final int filters;
  private final List<SharedVector> vectors;
  private final List<Variable<T>> weights;

  /**
   * Creates the variables, uninitialised until {@link #initialValues} are assigned.
   *
   * @param tf graph scope
   * @param type float32 or float64
   * @param architecture the chosen one
   * @param image size of the images
   * @param filters channels of the largest thing a layer makes, at the size of the images
   * @param vectors the weights
   */
  SharedImageChild(
      Ops tf,
      Class<T> type,
      ArchitectureTensors<T> architecture,
      ImageShape image,
      int filters,
      List<SharedVector> vectors) {
    this.tf = tf;
    this.architecture = architecture;
    this.image = image;
    this.filters = filters;
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
   * Initial values: kernels normal with variance {@code 2 / inputs} (He et al. 2015, eq. 10),
   * scales 1, offsets and biases 0. They do not depend on the architecture.
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
          tf.random.statelessRandomNormal(
              tf.constant(new int[] {parts.size()}),
              tf.math.add(seed, tf.constant(new long[] {0, (long) index << 40})),
              type);
      Operand<T> deviation =
          deviations.computeIfAbsent(parts, key -> tf.math.mul(key.deviations(tf, type), scale));
      Operand<T> mean = means.computeIfAbsent(parts, key -> key.means(tf, type));
      values.add(tf.math.add(tf.math.mul(normal, deviation), mean));
    }
    return values;
  }

  @Override
  public final int evaluationRows() {
    long numbers = (long) image.height() * image.width() * filters;
    return (int) Math.max(LEAST_EVALUATION_ROWS, Math.floorDiv(EVALUATION_NUMBERS, numbers));
  }

  @Override
  public final List<Operand<T>> gates() {
    return architecture.gates();
  }

  @Override
  public final Operand<T> logits(List<Operand<T>> active, Operand<T> input) {
    return build(active, image.images(tf, input), null).output();
  }

  @Override
  public final TrainingLogits<T> trainingLogits(
      List<Operand<T>> active, Operand<T> input, TrainingNoise<T> noise) {
    return build(active, image.images(tf, input), noise);
  }

  /**
   * Adds the network.
   *
   * @param active vectors as cut out by {@link #corners} or moved by an inner loop
   * @param images standardised {@code [batch, height, width, channels]}
   * @param noise what disturbs it while it trains; null as it predicts
   */
  abstract TrainingLogits<T> build(
      List<Operand<T>> active, Operand<T> images, @Nullable TrainingNoise<T> noise);

  /** The seed of the mask before the linear layer, of that of all dropout; null for none. */
  final @Nullable Operand<TInt64> headSeed(@Nullable TrainingNoise<T> noise) {
    return noise == null ? null : tf.math.add(noise.seed(), tf.constant(new long[] {0, 1L << 40}));
  }
}
