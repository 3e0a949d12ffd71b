package io.tandem.graph.child.image;

import io.tandem.graph.child.ArchitectureTensors;
import io.tandem.graph.child.SharedChild;
import io.tandem.graph.child.SharedVector;
import io.tandem.graph.child.SharedVectors;
import io.tandem.graph.child.TrainingLogits;
import io.tandem.graph.child.TrainingNoise;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Image networks on shared weights that are flat vectors, of which an architecture uses segments.
 *
 * @param <T> type of reals
 */
abstract class SharedImageChild<T extends TNumber> extends SharedVectors<T>
    implements SharedChild<T> {
  // 64 MiB for what a layer makes in float32; with fewer rows statistics of the batch are poor.
  private static final int EVALUATION_NUMBERS = 1 << 24;
  private static final int LEAST_EVALUATION_ROWS = 64;

  private final Ops tf;
  private final ImageShape image;
  private final int filters;

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
    super(tf, type, architecture, vectors);
    this.tf = tf;
    this.image = image;
    this.filters = filters;
  }

  @Override
  public final int evaluationRows() {
    long numbers = (long) image.height() * image.width() * filters;
    return (int) Math.max(LEAST_EVALUATION_ROWS, Math.floorDiv(EVALUATION_NUMBERS, numbers));
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
