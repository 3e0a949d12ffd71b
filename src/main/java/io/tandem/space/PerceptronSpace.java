package io.tandem.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

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
    boolean skips)
    implements ArchitectureSpace {

  /** Checks that every list offers at least one choice. */
  public PerceptronSpace {
    units = List.copyOf(units);
    activations = List.copyOf(activations);
    dropouts = List.copyOf(dropouts);
    if (layers < 1 || units.isEmpty() || activations.isEmpty() || dropouts.isEmpty()) {
      throw new IllegalArgumentException("a perceptron space needs layers and choices");
    }
  }

  /** Layer by layer: width, activation, dropout rate, skips. */
  @Override
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

  @Override
  public PerceptronArchitecture decode(Iterator<Integer> integers) {
    List<PerceptronArchitecture.Layer> chosen = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      chosen.add(
          new PerceptronArchitecture.Layer(
              units.get(integers.next()),
              activations.get(integers.next()),
              dropouts.get(integers.next()),
              skips ? Skips.read(layer, integers) : List.of()));
    }
    return new PerceptronArchitecture(chosen);
  }

  @Override
  public List<Integer> encode(Architecture architecture) {
    List<PerceptronArchitecture.Layer> chosen = architecture.perceptron().layers();
    ArchitectureSpace.same("layers", layers, chosen.size());
    List<Integer> integers = new ArrayList<>();
    for (int index = 0; index < layers; index++) {
      PerceptronArchitecture.Layer layer = chosen.get(index);
      integers.add(ArchitectureSpace.position("units", units, layer.units()));
      integers.add(ArchitectureSpace.position("activations", activations, layer.activation()));
      integers.add(ArchitectureSpace.position("dropouts", dropouts, layer.dropout()));
      Skips.write(index, skips, layer.skips(), integers);
    }
    return List.copyOf(integers);
  }

  /** The widest layers throughout, with the first activation and dropout rate. */
  @Override
  public PerceptronArchitecture largest() {
    return uniform(maxUnits());
  }

  /** The narrowest layers throughout, with the first activation and dropout rate. */
  @Override
  public PerceptronArchitecture smallest() {
    return uniform(units.stream().mapToInt(Integer::intValue).min().orElseThrow());
  }

  private PerceptronArchitecture uniform(int width) {
    return new PerceptronArchitecture(
        Collections.nCopies(
            layers,
            new PerceptronArchitecture.Layer(
                width, activations.get(0), dropouts.get(0), List.of())));
  }

  @Override
  public <R> R match(
      Function<PerceptronSpace, R> perceptron,
      Function<MacroSpace, R> macro,
      Function<MicroSpace, R> micro,
      Function<RecurrentSpace, R> recurrent) {
    return perceptron.apply(this);
  }
}
