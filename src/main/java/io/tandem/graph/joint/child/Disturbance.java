package io.tandem.graph.joint.child;

import io.tandem.graph.child.image.ImageShape;
import io.tandem.graph.core.Scalars;
import io.tandem.graph.input.Augmentation;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.input.FeatureNoise;
import io.tandem.space.PerceptronArchitecture;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * How training examples are changed at random before the network sees them.
 *
 * @param <T> type of reals
 */
@FunctionalInterface
public interface Disturbance<T extends TNumber> {
  /**
   * Changes a batch.
   *
   * @param tf where the operations are added
   * @param input standardised, {@code [batch, columns]}
   * @param seed int64 {@code [2]}; decides all draws
   * @return the same shape
   */
  Operand<T> apply(Ops tf, Operand<T> input, Operand<TInt64> seed);

  /**
   * Gaussian noise on every feature that is a number.
   *
   * @param deviation its standard deviation, scalar; null for none
   * @param input columns of a row
   */
  static <T extends TNumber> Disturbance<T> noise(
      @Nullable Operand<T> deviation, PerceptronArchitecture.Input input) {
    return (tf, rows, seed) ->
        deviation == null
            ? rows
            : FeatureNoise.add(tf, rows, deviation, seed, input.numbers(), input.columns());
  }

  /**
   * Moves, reflects and blanks images.
   *
   * @param settings what is done at strength 1
   * @param image size of the images
   * @param strength scalar; null for 0, at which only the reflection is left
   * @param searched whether the strength is to be differentiated
   */
  static <T extends TNumber> Disturbance<T> ofImages(
      AugmentationSettings settings,
      ImageShape image,
      @Nullable Operand<T> strength,
      boolean searched) {
    AugmentationSettings used =
        strength == null ? new AugmentationSettings(0, settings.flip(), 0) : settings;
    if (used.isNone()) {
      return (tf, input, seed) -> input;
    }
    Augmentation augmentation =
        new Augmentation(used, image.height(), image.width(), image.channels(), searched);
    return (tf, input, seed) -> {
      Operand<T> given = strength == null ? Scalars.of(tf, 0, input.type()) : strength;
      Operand<T> changed = augmentation.apply(tf, image.images(tf, input), given, seed);
      return tf.reshape(changed, tf.shape(input));
    };
  }
}
