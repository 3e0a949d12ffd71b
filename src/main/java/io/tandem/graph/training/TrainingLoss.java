package io.tandem.graph.training;

import io.tandem.data.ImageShape;
import io.tandem.graph.child.Network;
import io.tandem.graph.child.TrainingNoise;
import io.tandem.graph.core.Precision;
import io.tandem.graph.core.Scalars;
import io.tandem.graph.input.Augmentation;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.input.FeatureNoise;
import io.tandem.graph.objective.BatchTargets;
import io.tandem.graph.objective.LossShape;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The loss that a step of a training from scratch descends, with the dropout of the network.
 *
 * @param network the network
 * @param noise of features: standard deviation of the Gaussian noise on them, standardised; of
 *     images: strength of their augmentation; 0 is none
 * @param augmentation what is done to images; nothing to rows that are none
 * @param precision number format of the products
 */
public record TrainingLoss(
    Network network, double noise, AugmentationSettings augmentation, Precision precision) {
  private static final long NOISE_STREAM = 1L << 32;

  /** The loss of a network without augmentation of images. */
  public TrainingLoss(Network network, double noise, Precision precision) {
    this(network, noise, AugmentationSettings.none(), precision);
  }

  /**
   * The rows of a step.
   *
   * @param <T> float32 or float64
   * @param features standardised, {@code [batch, features]}
   * @param targets of these rows
   * @param noise what disturbs the network; its seed decides the noise on the features as well
   */
  public record Batch<T extends TNumber>(
      Operand<T> features, BatchTargets<T> targets, TrainingNoise<T> noise) {}

  /**
   * What a batch gives.
   *
   * @param <T> float32 or float64
   * @param loss scalar; of classes in nats
   * @param statistics of this batch, in the order of {@link Network#statisticShapes()}
   */
  public record Pass<T extends TNumber>(Operand<T> loss, List<Operand<T>> statistics) {
    /** Copies the list. */
    public Pass {
      statistics = List.copyOf(statistics);
    }
  }

  /**
   * Adds the loss.
   *
   * @param tf where it is added
   * @param weights in the order of the network
   * @param batch the rows
   * @param shape smoothing and weights of examples
   * @return scalar; of classes in nats
   */
  public <T extends TNumber> Operand<T> of(
      Ops tf, List<Operand<T>> weights, Batch<T> batch, LossShape<T> shape) {
    return pass(tf, weights, batch, shape).loss();
  }

  /**
   * Adds the loss and what the network sees of the batch.
   *
   * @param tf where it is added
   * @param weights in the order of the network
   * @param batch the rows
   * @param shape smoothing and weights of examples
   */
  public <T extends TNumber> Pass<T> pass(
      Ops tf, List<Operand<T>> weights, Batch<T> batch, LossShape<T> shape) {
    Operand<T> input =
        network
            .imageShape()
            .map(image -> augmented(tf, batch, image))
            .orElseGet(() -> noisy(tf, batch));
    Network.TrainingPass<T> pass =
        network.trainingPass(tf, weights, input, batch.noise(), precision);
    return new Pass<>(pass.logits().loss(tf, batch.targets(), shape), pass.statistics());
  }

  private <T extends TNumber> Operand<T> noisy(Ops tf, Batch<T> batch) {
    Operand<T> input = batch.features();
    return noise > 0
        ? FeatureNoise.add(
            tf,
            input,
            Scalars.of(tf, noise, input.type()),
            stream(tf, batch),
            network.numbers(),
            network.features())
        : input;
  }

  private <T extends TNumber> Operand<T> augmented(Ops tf, Batch<T> batch, ImageShape image) {
    if (augmentation.isNone()) {
      return batch.features();
    }
    int height = image.height();
    int width = image.width();
    int channels = image.channels();
    Operand<T> images =
        tf.reshape(batch.features(), tf.constant(new int[] {-1, height, width, channels}));
    Operand<T> strength = Scalars.of(tf, noise, images.type());
    Operand<T> changed =
        new Augmentation(augmentation, height, width, channels, false)
            .apply(tf, images, strength, stream(tf, batch));
    return tf.reshape(changed, tf.constant(new int[] {-1, image.size()}));
  }

  private static <T extends TNumber> Operand<TInt64> stream(Ops tf, Batch<T> batch) {
    return tf.math.add(batch.noise().seed(), tf.constant(new long[] {0, NOISE_STREAM}));
  }
}
