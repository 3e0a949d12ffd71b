package io.tandem.graph.child.image;

import io.tandem.graph.child.Network;
import io.tandem.graph.core.Precision;
import io.tandem.graph.core.Scalars;
import io.tandem.space.MacroArchitecture;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TNumber;

/**
 * The network of one macro architecture. Its weights are in the order in which an image meets them:
 * stem; of every layer its operation and its normalisation, and behind it the reductions of the
 * outputs that are needed later; head. Kernels are {@code [height, width, in, out]}.
 *
 * @param architecture layers
 * @param filters channels of all layers, at least 2
 * @param dropout rate before the linear layer, in [0, 1)
 * @param image size of the images
 * @param classes number of classes, at least 2
 */
public record MacroNetwork(
    MacroArchitecture architecture, int filters, double dropout, ImageShape image, int classes)
    implements Network {
  // Standard deviation of a normal distribution that is cut off at twice its own.
  private static final double TRUNCATED = 0.8796256610342398;

  /** Checks the sizes. */
  public MacroNetwork {
    if (filters < 2 || classes < 2) {
      throw new IllegalArgumentException(
          "a network needs two filters and two classes, got " + filters + " and " + classes);
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout " + dropout + " is not in [0, 1)");
    }
  }

  @Override
  public int features() {
    return image.size();
  }

  @Override
  public Optional<io.tandem.data.ImageShape> imageShape() {
    return Optional.of(
        new io.tandem.data.ImageShape(image.height(), image.width(), image.channels()));
  }

  @Override
  public List<Shape> shapes() {
    return parts().stream().map(Part::shape).toList();
  }

  @Override
  public List<String> names() {
    return parts().stream().map(Part::name).toList();
  }

  /** Mean and variance of every normalisation, {@code [filters]} each. */
  @Override
  public List<Shape> statisticShapes() {
    return statisticNames().stream().map(name -> Shape.of(filters)).toList();
  }

  /** For example {@code stem/mean} and {@code stem/variance}. */
  @Override
  public List<String> statisticNames() {
    List<String> names = new ArrayList<>();
    for (Part part : parts()) {
      if (part.start() == Part.Start.ONE) {
        String place = part.name().substring(0, part.name().length() - "scale".length());
        names.add(place + "mean");
        names.add(place + "variance");
      }
    }
    return List.copyOf(names);
  }

  /** The weights, in order. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    add(parts, "stem", Stem.parts(image.channels(), filters));
    List<MacroArchitecture.Layer> layers = architecture.layers();
    List<Integer> reductions = MacroArchitecture.reductions(layers.size());
    for (int layer = 0; layer < layers.size(); layer++) {
      String name = "layer" + layer;
      add(parts, name, ImageOperation.layer(layers.get(layer).operation(), filters));
      add(parts, name + "/norm", ImageLayers.norm(filters));
      for (int output = 0; reductions.contains(layer + 1) && output <= layer + 1; output++) {
        if (architecture.reduces(layer + 1, output)) {
          add(parts, name + "/reduction" + output, FactorizedReduction.parts(filters));
        }
      }
    }
    add(parts, "output", Head.parts(filters, classes));
    return List.copyOf(parts);
  }

  private static void add(List<Part> all, String prefix, Parts parts) {
    parts.list().forEach(part -> all.add(part.under(prefix)));
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
  public <T extends TFloating> List<Operand<T>> initialWeights(
      Ops tf, Class<T> type, long seed, Operand<T> scale) {
    List<Operand<T>> weights = new ArrayList<>();
    List<Part> parts = parts();
    for (int index = 0; index < parts.size(); index++) {
      Part part = parts.get(index);
      Operand<TInt64> shape = tf.constant(part.shape().asArray());
      weights.add(
          switch (part.start()) {
            case DRAWN ->
                tf.math.mul(
                    tf.math.mul(
                        tf.random.statelessTruncatedNormal(
                            shape, tf.constant(new long[] {seed, index}), type),
                        Scalars.of(tf, part.deviation() / TRUNCATED, type)),
                    scale);
            case ONE -> tf.fill(shape, Scalars.of(tf, 1, type));
            case ZERO -> tf.fill(shape, Scalars.of(tf, 0, type));
          });
    }
    return List.copyOf(weights);
  }

  @Override
  public <T extends TNumber> Operand<T> logits(
      Ops tf, List<Operand<T>> weights, List<Operand<T>> statistics, Operand<T> x) {
    Normalisation<T> moving = new MovingStatistics<>(statistics);
    return build(new ImageLayers<>(tf, moving, Precision.FLOAT32), weights, x, null);
  }

  @Override
  public <T extends TNumber> TrainingPass<T> trainingPass(
      Ops tf, List<Operand<T>> weights, Operand<T> x, Operand<TInt64> seed, Precision precision) {
    BatchStatistics<T> batch = new BatchStatistics<>();
    Operand<T> logits = build(new ImageLayers<>(tf, batch, precision), weights, x, seed);
    return new TrainingPass<>(logits, batch.seen());
  }

  private <T extends TNumber> Operand<T> build(
      ImageLayers<T> layers,
      List<Operand<T>> weights,
      Operand<T> rows,
      @Nullable Operand<TInt64> seed) {
    Ops tf = layers.tf();
    Iterator<Operand<T>> next = weights.iterator();
    Operand<T> x = Stem.apply(layers, next, image.images(tf, rows));
    List<Integer> reductions = MacroArchitecture.reductions(architecture.layers().size());
    List<Operand<T>> outputs = new ArrayList<>(List.of(x));
    int height = image.height();
    int width = image.width();
    for (int layer = 0; layer < architecture.layers().size(); layer++) {
      MacroArchitecture.Layer chosen = architecture.layers().get(layer);
      x = ImageOperation.of(chosen.operation()).apply(layers, next, layers.mixed(x, next));
      for (int skip : chosen.skips()) {
        x = tf.math.add(x, outputs.get(skip));
      }
      outputs.add(layers.normalised(x, next));
      if (reductions.contains(layer + 1)) {
        for (int output = 0; output <= layer + 1; output++) {
          if (architecture.reduces(layer + 1, output)) {
            outputs.set(
                output,
                FactorizedReduction.apply(layers, next, outputs.get(output), height, width));
          }
        }
        height = FactorizedReduction.halved(height);
        width = FactorizedReduction.halved(width);
      }
      x = outputs.get(layer + 1);
    }
    return Head.apply(layers, next, x, dropout, seed);
  }
}
