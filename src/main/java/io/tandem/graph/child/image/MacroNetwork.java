package io.tandem.graph.child.image;

import io.tandem.graph.child.Parts;
import io.tandem.graph.child.TrainingLogits;
import io.tandem.graph.child.TrainingNoise;
import io.tandem.space.Filters;
import io.tandem.space.MacroArchitecture;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The network of one macro architecture. Its weights are in the order in which an image meets them:
 * stem; of every layer its operation and its normalisation, and behind it the reductions of the
 * outputs that are needed later; head.
 *
 * @param architecture layers
 * @param filters channels of the layers
 * @param dropout rate before the linear layer, in [0, 1)
 * @param image size of the images
 * @param outputs number of outputs, positive
 */
public record MacroNetwork(
    MacroArchitecture architecture, Filters filters, double dropout, ImageShape image, int outputs)
    implements ImageNetwork {
  /** Checks the sizes. */
  public MacroNetwork {
    ImageNetwork.check(filters.first(), dropout, outputs);
  }

  @Override
  public Parts parts() {
    Parts parts = Stem.parts(image.channels(), filters.first()).under("stem");
    List<MacroArchitecture.Layer> layers = architecture.layers();
    List<Integer> reductions = MacroArchitecture.reductions(layers.size());
    int width = filters.first();
    for (int layer = 0; layer < layers.size(); layer++) {
      String name = "layer" + layer;
      parts =
          parts
              .and(ImageOperation.layer(layers.get(layer).operation(), width).under(name))
              .and(ImageLayers.norm(width).under(name + "/norm"));
      if (reductions.contains(layer + 1)) {
        int narrow = width;
        width = filters.behind(reductions.indexOf(layer + 1) + 1);
        for (int output = 0; output <= layer + 1; output++) {
          if (architecture.reduces(layer + 1, output)) {
            Parts reduction = FactorizedReduction.parts(narrow, width);
            parts = parts.and(reduction.under(name + "/reduction" + output));
          }
        }
      }
    }
    return parts.and(Head.parts(width, outputs).under("output"));
  }

  @Override
  public <T extends TNumber> TrainingLogits<T> build(
      ImageLayers<T> layers,
      Iterator<Operand<T>> weights,
      Operand<T> images,
      @Nullable TrainingNoise<T> noise) {
    Ops tf = layers.tf();
    Operand<T> x = Stem.apply(layers, weights, images);
    List<Integer> reductions = MacroArchitecture.reductions(architecture.layers().size());
    List<Operand<T>> hiddens = new ArrayList<>(List.of(x));
    for (int layer = 0; layer < architecture.layers().size(); layer++) {
      MacroArchitecture.Layer chosen = architecture.layers().get(layer);
      x = ImageOperation.of(chosen.operation()).apply(layers, weights, layers.mixed(x, weights));
      for (int skip : chosen.skips()) {
        x = tf.math.add(x, hiddens.get(skip));
      }
      hiddens.add(layers.normalised(x, weights));
      if (reductions.contains(layer + 1)) {
        for (int output = 0; output <= layer + 1; output++) {
          if (architecture.reduces(layer + 1, output)) {
            hiddens.set(output, FactorizedReduction.apply(layers, weights, hiddens.get(output)));
          }
        }
      }
      x = hiddens.get(layer + 1);
    }
    Operand<TInt64> seed = noise == null ? null : noise.seed();
    return new TrainingLogits<>(Head.apply(layers, weights, x, dropout, seed));
  }
}
