package io.tandem.graph.child;

import io.tandem.space.PerceptronArchitecture;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * A trained network with everything that is needed to apply it to raw features.
 *
 * @param architecture hidden layers
 * @param weights in the order of {@link PerceptronNetwork#shapes()}, each row by row
 * @param mean subtracted from each feature
 * @param scale by which each centred feature is then divided; positive
 * @param classes name of each class
 * @param featureNames name of each feature, or empty if they have none
 */
public record TrainedPerceptron(
    PerceptronArchitecture architecture,
    List<float[]> weights,
    float[] mean,
    float[] scale,
    List<String> classes,
    List<String> featureNames) {
  /** Checks that the sizes fit together. */
  public TrainedPerceptron {
    weights = List.copyOf(weights);
    classes = List.copyOf(classes);
    featureNames = List.copyOf(featureNames);
    List<Shape> shapes = new PerceptronNetwork(architecture, mean.length, classes.size()).shapes();
    if (scale.length != mean.length || shapes.size() != weights.size()) {
      throw new IllegalArgumentException("weights or standardisation do not fit the network");
    }
    for (int index = 0; index < shapes.size(); index++) {
      if (shapes.get(index).size() != weights.get(index).length) {
        throw new IllegalArgumentException("weight " + index + " does not fit the network");
      }
    }
    if (!featureNames.isEmpty() && featureNames.size() != mean.length) {
      throw new IllegalArgumentException("there must be one name per feature, or none");
    }
  }

  /** Number of input features. */
  public int features() {
    return mean.length;
  }

  /** The network that the weights belong to. */
  public PerceptronNetwork network() {
    return new PerceptronNetwork(architecture, mean.length, classes.size());
  }
}
