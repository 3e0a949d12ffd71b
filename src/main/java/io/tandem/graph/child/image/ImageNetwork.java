package io.tandem.graph.child.image;

import io.tandem.graph.child.Network;
import io.tandem.graph.child.Network.TrainingPass;
import io.tandem.graph.child.Part;
import io.tandem.graph.child.Parts;
import io.tandem.graph.child.TrainingLogits;
import io.tandem.graph.child.TrainingNoise;
import io.tandem.graph.core.Precision;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TNumber;

/**
 * A network of one architecture that sees images, with batch normalisations. Its weights are in the
 * order in which an image meets them; kernels are {@code [height, width, in, out]}.
 */
interface ImageNetwork extends Network {
  /** Checks what all image networks have. */
  static void check(int filters, double dropout, int outputs) {
    if (filters < 2 || outputs < 1) {
      throw new IllegalArgumentException(
          "a network needs two filters and an output, got " + filters + " and " + outputs);
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout " + dropout + " is not in [0, 1)");
    }
  }

  /** Size of the images. */
  ImageShape image();

  /** The weights, in order, under their names. */
  Parts parts();

  /**
   * Adds the network.
   *
   * @param layers what it is made of
   * @param weights of {@link #parts}, which it takes
   * @param images {@code [batch, height, width, channels]}
   * @param noise what disturbs it while it trains; null as it predicts
   */
  <T extends TNumber> TrainingLogits<T> build(
      ImageLayers<T> layers,
      Iterator<Operand<T>> weights,
      Operand<T> images,
      @Nullable TrainingNoise<T> noise);

  @Override
  default int features() {
    return image().size();
  }

  @Override
  default Optional<io.tandem.data.ImageShape> imageShape() {
    ImageShape image = image();
    return Optional.of(
        new io.tandem.data.ImageShape(image.height(), image.width(), image.channels()));
  }

  @Override
  default List<Shape> shapes() {
    return parts().shapes();
  }

  @Override
  default List<String> names() {
    return parts().names();
  }

  /** Mean and variance of every normalisation, {@code [channels]} each. */
  @Override
  default List<Shape> statisticShapes() {
    List<Shape> shapes = new ArrayList<>();
    for (Part part : parts().list()) {
      if (part.start() == Part.Start.ONE) {
        shapes.add(part.shape());
        shapes.add(part.shape());
      }
    }
    return List.copyOf(shapes);
  }

  /** For example {@code stem/mean} and {@code stem/variance}. */
  @Override
  default List<String> statisticNames() {
    List<String> names = new ArrayList<>();
    for (Part part : parts().list()) {
      if (part.start() == Part.Start.ONE) {
        String place = part.name().substring(0, part.name().length() - "scale".length());
        names.add(place + "mean");
        names.add(place + "variance");
      }
    }
    return List.copyOf(names);
  }

  /**
   * Draws the weights: kernels by He et al. 2015 as truncated normals, scales 1, the others 0.
   *
   * @param tf where the ops are added
   * @param type number type
   * @param seed decides all draws
   * @param scale scalar, factor on every kernel
   */
  @Override
  default <T extends TFloating> List<Operand<T>> initialWeights(
      Ops tf, Class<T> type, long seed, Operand<T> scale) {
    return parts().drawn(tf, type, seed, scale);
  }

  @Override
  default <T extends TNumber> Operand<T> logits(
      Ops tf, List<Operand<T>> weights, List<Operand<T>> statistics, Operand<T> x) {
    Normalisation<T> moving = new MovingStatistics<>(statistics);
    return build(
            new ImageLayers<>(tf, moving, Precision.FLOAT32),
            weights.iterator(),
            image().images(tf, x),
            null)
        .output();
  }

  @Override
  default <T extends TNumber> TrainingPass<T> trainingPass(
      Ops tf, List<Operand<T>> weights, Operand<T> x, TrainingNoise<T> noise, Precision precision) {
    BatchStatistics<T> batch = new BatchStatistics<>();
    TrainingLogits<T> logits =
        build(
            new ImageLayers<>(tf, batch, precision),
            weights.iterator(),
            image().images(tf, x),
            noise);
    return new TrainingPass<>(logits, batch.seen());
  }
}
