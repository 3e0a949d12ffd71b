package io.tandem.graph.child.text;

import io.tandem.data.text.Vocabulary;
import java.util.List;

/**
 * A trained language model with everything that is needed to apply it to text.
 *
 * @param network cell and sizes
 * @param weights in the order of {@link LanguageNetwork#parts()}, each row by row
 * @param vocabulary the words that it tells apart
 */
public record TrainedLanguageModel(
    LanguageNetwork network, List<float[]> weights, Vocabulary vocabulary) {
  /** Checks that the sizes fit together. */
  public TrainedLanguageModel {
    weights = List.copyOf(weights);
    if (vocabulary.size() != network.shape().vocabulary()) {
      throw new IllegalArgumentException(
          vocabulary.size() + " words for a model of " + network.shape().vocabulary());
    }
    var shapes = network.parts().shapes();
    if (shapes.size() != weights.size()) {
      throw new IllegalArgumentException(
          weights.size() + " weights for a model with " + shapes.size());
    }
    for (int index = 0; index < shapes.size(); index++) {
      if (shapes.get(index).size() != weights.get(index).length) {
        throw new IllegalArgumentException("weight " + index + " does not fit the model");
      }
    }
  }
}
