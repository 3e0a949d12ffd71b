package io.tandem.graph.hypergradient.reversible;

import org.tensorflow.ndarray.Shape;

/**
 * A tensor of weights.
 *
 * @param name what errors call it
 * @param shape its shape, without unknown sizes
 * @param layer which layer's settings it follows, from 0
 */
public record TrainedVariable(String name, Shape shape, int layer) {
  /** Checks shape and layer. */
  public TrainedVariable {
    if (shape.hasUnknownDimension() || shape.isUnknown() || layer < 0) {
      throw new IllegalArgumentException(name + " needs a known shape and a layer from 0");
    }
  }

  /** Number of weights. */
  int size() {
    return Math.toIntExact(shape.size());
  }
}
