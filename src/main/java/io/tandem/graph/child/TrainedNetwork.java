package io.tandem.graph.child;

import io.tandem.outcome.Outcome;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/**
 * A trained network with everything that is needed to apply it to raw features or images.
 *
 * @param network architecture and sizes
 * @param weights in the order of {@link Network#shapes()}, each row by row
 * @param statistics in the order of {@link Network#statisticShapes()}
 * @param mean subtracted from each feature
 * @param scale by which each centred feature is then divided; positive
 * @param white by which the bytes of an image are divided to get its features, positive; 1 where
 *     rows are no images
 * @param outcome what it predicts
 * @param featureNames name of each feature, or empty if they have none
 * @param threshold of two classes, probability above which the second is the answer; empty if the
 *     most probable class is
 */
public record TrainedNetwork(
    Network network,
    List<float[]> weights,
    List<float[]> statistics,
    float[] mean,
    float[] scale,
    float white,
    Outcome outcome,
    List<String> featureNames,
    Optional<Float> threshold) {
  /** Whose answer is the most probable class, or numbers. */
  public TrainedNetwork(
      Network network,
      List<float[]> weights,
      List<float[]> statistics,
      float[] mean,
      float[] scale,
      float white,
      Outcome outcome,
      List<String> featureNames) {
    this(network, weights, statistics, mean, scale, white, outcome, featureNames, Optional.empty());
  }

  /** Checks that the sizes fit together. */
  public TrainedNetwork {
    weights = List.copyOf(weights);
    statistics = List.copyOf(statistics);
    featureNames = List.copyOf(featureNames);
    if (mean.length != network.features()
        || scale.length != mean.length
        || outcome.outputs() != network.outputs()) {
      throw new IllegalArgumentException("standardisation or outcome does not fit the network");
    }
    check("weight", network.shapes(), weights);
    check("statistic", network.statisticShapes(), statistics);
    if (!(white > 0)) {
      throw new IllegalArgumentException("bytes cannot be divided by " + white);
    }
    if (threshold.isPresent() && !(outcome instanceof Outcome.Classes && outcome.outputs() == 2)) {
      throw new IllegalArgumentException("a threshold decides between two classes");
    }
    if (!featureNames.isEmpty() && featureNames.size() != mean.length) {
      throw new IllegalArgumentException("there must be one name per feature, or none");
    }
  }

  /** The same network with a threshold between its two classes. */
  public TrainedNetwork deciding(float probability) {
    return new TrainedNetwork(
        network,
        weights,
        statistics,
        mean,
        scale,
        white,
        outcome,
        featureNames,
        Optional.of(probability));
  }

  private static void check(String what, List<Shape> shapes, List<float[]> values) {
    if (shapes.size() != values.size()) {
      throw new IllegalArgumentException(
          values.size() + " " + what + "s for a network with " + shapes.size());
    }
    for (int index = 0; index < shapes.size(); index++) {
      if (shapes.get(index).size() != values.get(index).length) {
        throw new IllegalArgumentException(what + " " + index + " does not fit the network");
      }
    }
  }

  /** Names of the classes; empty if it predicts numbers. */
  public List<String> classNames() {
    return outcome instanceof Outcome.Classes classes ? classes.names() : List.of();
  }

  /** Number of input features. */
  public int features() {
    return mean.length;
  }
}
