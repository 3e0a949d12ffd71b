package io.tandem.graph.child.image;

import io.tandem.graph.child.Parts;
import io.tandem.graph.child.SharedSegments;
import io.tandem.graph.child.SharedVector;
import io.tandem.graph.session.Placement;
import io.tandem.space.ConvolutionOperation;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MacroSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/**
 * Where the weights of all macro networks of a space lie: first what all use, then a vector per
 * layer, then the reductions of earlier outputs.
 *
 * @param list all vectors
 * @param reductions by number of layers before a reduction, the reductions of the outputs so far
 */
record MacroVectors(List<SharedVector> list, Map<Integer, List<Reduction>> reductions) {

  /**
   * The reduction of an earlier output.
   *
   * @param used 1 if it is needed, 0 if not
   * @param vector number of the vector with its weights
   */
  record Reduction(Operand<TInt32> used, int vector) {}

  /** Number of the vector of a layer. */
  static int layer(int layer) {
    return 1 + layer;
  }

  /**
   * Lays them out.
   *
   * @param tf where nodes are added
   * @param space the networks
   * @param choices the integers that record the chosen one
   * @param image size of the images
   * @param outputs number of outputs
   */
  static MacroVectors of(
      Ops tf, MacroSpace space, List<Operand<TInt32>> choices, ImageShape image, int outputs) {
    Parts common = common(space, image, outputs);
    List<SharedVector> vectors = new ArrayList<>();
    vectors.add(new SharedVector(SharedSegments.whole(tf, common.size()), common));
    for (int layer = 0; layer < space.layers(); layer++) {
      Parts all = new Parts(List.of());
      List<Integer> sizes = new ArrayList<>();
      for (ConvolutionOperation operation : space.operations()) {
        Parts own = ImageOperation.layer(operation, space.filters(layer));
        sizes.add(own.size());
        all = all.and(own);
      }
      Operand<TInt32> operation = choices.get(space.column(layer));
      vectors.add(new SharedVector(SharedSegments.oneOf(tf, sizes, operation), all));
    }
    Map<Integer, List<Reduction>> reductions = new HashMap<>();
    if (space.skips()) {
      for (int after : MacroArchitecture.reductions(space.layers())) {
        reductions.put(after, reductions(tf, space, choices, after, vectors));
      }
    }
    return new MacroVectors(vectors, reductions);
  }

  private static Parts common(MacroSpace space, ImageShape image, int outputs) {
    Parts parts = Stem.parts(image.channels(), space.filters(0));
    for (int layer = 0; layer < space.layers(); layer++) {
      parts = parts.and(ImageLayers.norm(space.filters(layer)));
      if (MacroArchitecture.reductions(space.layers()).contains(layer + 1)) {
        parts = parts.and(reduction(space, layer + 1));
      }
    }
    return parts.and(Head.parts(space.filters(space.layers()), outputs));
  }

  /** Weights of a reduction behind so many layers. */
  static Parts reduction(MacroSpace space, int after) {
    return FactorizedReduction.parts(space.filters(after - 1), space.filters(after));
  }

  private static List<Reduction> reductions(
      Ops tf,
      MacroSpace space,
      List<Operand<TInt32>> choices,
      int after,
      List<SharedVector> vectors) {
    Ops host = Placement.host(tf);
    Parts parts = reduction(space, after);
    List<Reduction> earlier = new ArrayList<>();
    for (int output = 0; output < after; output++) {
      List<Operand<TInt32>> bits = new ArrayList<>();
      for (int later = after; later < space.layers(); later++) {
        bits.add(choices.get(space.column(later) + 1 + output));
      }
      Operand<TInt32> used = host.reduceMax(host.stack(bits), host.constant(0));
      earlier.add(new Reduction(used, vectors.size()));
      vectors.add(new SharedVector(SharedSegments.optional(tf, parts.size(), used), parts));
    }
    return earlier;
  }
}
