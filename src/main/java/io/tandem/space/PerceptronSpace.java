package io.tandem.space;

import java.util.ArrayList;
import java.util.List;

/**
 * Fully connected networks of a fixed depth: each hidden layer chooses its width, its activation,
 * its dropout rate and which earlier hidden layers to add in.
 *
 * <p>Layer {@code i} computes {@code dropout(activation(x W + b)) + Σ_j fit(h_j)} over the chosen
 * earlier layers {@code j}, where {@code fit} cuts or zero-pads to the layer's width (the
 * parameter-free shortcut of He et al. 2015, option A). A linear layer to the classes follows.
 *
 * @param layers number of hidden layers, 1..16
 * @param units widths to choose from, each 1..65,536
 * @param activations activations to choose from
 * @param dropouts dropout rates to choose from, each in [0, 1)
 * @param skips whether layers may add in earlier layers
 */
public record PerceptronSpace(
    int layers,
    List<Integer> units,
    List<Activation> activations,
    List<Double> dropouts,
    boolean skips) {

  /** Checks that every list offers at least one choice. */
  public PerceptronSpace {
    units = List.copyOf(units);
    activations = List.copyOf(activations);
    dropouts = List.copyOf(dropouts);
    if (layers < 1 || units.isEmpty() || activations.isEmpty() || dropouts.isEmpty()) {
      throw new IllegalArgumentException("a perceptron space needs layers and choices");
    }
  }

  /** The decisions in the order in which the controller makes them, layer by layer. */
  public List<Decision> decisions() {
    List<Decision> all = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      String prefix = "layer" + layer + "/";
      all.add(new Decision.Categorical(prefix + "units", units.size()));
      all.add(new Decision.Categorical(prefix + "activation", activations.size()));
      all.add(new Decision.Categorical(prefix + "dropout", dropouts.size()));
      if (skips && layer > 0) {
        all.add(new Decision.Skips(prefix + "skips", layer));
      }
    }
    return List.copyOf(all);
  }

  /**
   * Which of the integers that record an architecture is the first of a layer: those for width,
   * activation and dropout rate, then one bit for every earlier layer.
   *
   * @param layer counted from 0; the number of layers gives the number of all integers
   */
  public int column(int layer) {
    return 3 * layer + (skips ? layer * (layer - 1) / 2 : 0);
  }

  /** The widest layer on offer. */
  public int maxUnits() {
    return units.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }
}
