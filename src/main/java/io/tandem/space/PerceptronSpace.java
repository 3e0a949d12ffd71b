package io.tandem.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Fully connected networks of a fixed depth: each hidden layer chooses its width, its activation,
 * its dropout rate and which earlier hidden layers to add in. Where inputs are codes of categories,
 * the length of the vectors that are learned for these is chosen too.
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
 * @param optionalLayers whether every layer after the first may be left out: its input then passes
 *     on unchanged, and nothing adds it in
 * @param embeddings lengths of the vectors to choose from that stand for the values of coded
 *     inputs, each 1..1024; empty if the input has no codes
 */
public record PerceptronSpace(
    int layers,
    List<Integer> units,
    List<Activation> activations,
    List<Double> dropouts,
    boolean skips,
    boolean optionalLayers,
    List<Integer> embeddings)
    implements ArchitectureSpace {

  /** A space of networks whose inputs are numbers alone. */
  public PerceptronSpace(
      int layers,
      List<Integer> units,
      List<Activation> activations,
      List<Double> dropouts,
      boolean skips,
      boolean optionalLayers) {
    this(layers, units, activations, dropouts, skips, optionalLayers, List.of());
  }

  /** A space of networks that all have the same depth. */
  public PerceptronSpace(
      int layers,
      List<Integer> units,
      List<Activation> activations,
      List<Double> dropouts,
      boolean skips) {
    this(layers, units, activations, dropouts, skips, false);
  }

  /** Checks that every list offers at least one choice. */
  public PerceptronSpace {
    units = List.copyOf(units);
    activations = List.copyOf(activations);
    dropouts = List.copyOf(dropouts);
    embeddings = List.copyOf(embeddings);
    if (layers < 1 || units.isEmpty() || activations.isEmpty() || dropouts.isEmpty()) {
      throw new IllegalArgumentException("a perceptron space needs layers and choices");
    }
  }

  @Override
  public PerceptronSpace withoutEmbeddings() {
    return new PerceptronSpace(layers, units, activations, dropouts, skips, optionalLayers);
  }

  /**
   * Layer by layer: whether it is there, width, activation, dropout rate, skips. The length of
   * embeddings comes last.
   */
  @Override
  public List<Decision> decisions() {
    List<Decision> all = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      String prefix = "layer" + layer + "/";
      if (isOptional(layer)) {
        all.add(new Decision.Categorical(prefix + "there", 2));
      }
      all.add(new Decision.Categorical(prefix + "units", units.size()));
      all.add(new Decision.Categorical(prefix + "activation", activations.size()));
      all.add(new Decision.Categorical(prefix + "dropout", dropouts.size()));
      if (skips && layer > 0) {
        all.add(new Decision.Skips(prefix + "skips", layer));
      }
    }
    if (!embeddings.isEmpty()) {
      all.add(new Decision.Categorical("embedding", embeddings.size()));
    }
    return List.copyOf(all);
  }

  /** Which of the integers that record an architecture is that for the length of embeddings. */
  public int embeddingColumn() {
    return column(layers) - (optionalLayers ? 1 : 0);
  }

  /**
   * Which of the integers that record an architecture is that for a layer's width; those for
   * activation and dropout rate follow, then one bit for every earlier layer. Before it is that for
   * whether the layer is there, if it is {@linkplain #isOptional optional}.
   *
   * @param layer counted from 0
   */
  public int column(int layer) {
    return (optionalLayers ? 4 : 3) * layer + (skips ? layer * (layer - 1) / 2 : 0);
  }

  /** Whether a layer may be left out. */
  public boolean isOptional(int layer) {
    return optionalLayers && layer > 0;
  }

  /** The longest embedding on offer; 0 if there are none. */
  public int maxEmbedding() {
    return embeddings.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** The widest layer on offer. */
  public int maxUnits() {
    return units.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  @Override
  public PerceptronArchitecture decode(Iterator<Integer> integers) {
    List<PerceptronArchitecture.Layer> chosen = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      boolean there = !isOptional(layer) || integers.next() == 1;
      int width = units.get(integers.next());
      Activation activation = activations.get(integers.next());
      double dropout = dropouts.get(integers.next());
      List<Integer> added = skips ? Skips.read(layer, integers) : List.of();
      if (there) {
        List<Integer> existing =
            added.stream().filter(places::contains).map(places::indexOf).toList();
        chosen.add(new PerceptronArchitecture.Layer(width, activation, dropout, existing));
        places.add(layer);
      }
    }
    int embedding = embeddings.isEmpty() ? 0 : embeddings.get(integers.next());
    return new PerceptronArchitecture(chosen, places, embedding);
  }

  @Override
  public List<Integer> encode(Architecture architecture) {
    PerceptronArchitecture chosen = architecture.perceptron();
    checkPlaces(chosen.places());
    List<Integer> integers = new ArrayList<>();
    for (int place = 0; place < layers; place++) {
      int index = chosen.places().indexOf(place);
      if (isOptional(place)) {
        integers.add(index < 0 ? 0 : 1);
      }
      if (index < 0) {
        // Of a layer that is left out nothing is chosen; 0 stands for that.
        integers.addAll(Collections.nCopies(3 + (skips ? place : 0), 0));
      } else {
        write(place, chosen.layers().get(index), chosen.places(), integers);
      }
    }
    if (embeddings.isEmpty()) {
      ArchitectureSpace.same("length of embeddings", 0, chosen.embedding());
    } else {
      integers.add(ArchitectureSpace.position("embeddings", embeddings, chosen.embedding()));
    }
    return List.copyOf(integers);
  }

  private void checkPlaces(List<Integer> places) {
    if (!optionalLayers) {
      ArchitectureSpace.same("layers", layers, places.size());
    }
    int last = places.isEmpty() ? -1 : places.get(places.size() - 1);
    if (!places.contains(0) || last >= layers) {
      throw new IllegalArgumentException(
          "layers "
              + places
              + " do not fit the space's "
              + layers
              + ", counted from 0, of which the first is always there");
    }
  }

  private void write(
      int place, PerceptronArchitecture.Layer layer, List<Integer> places, List<Integer> integers) {
    integers.add(ArchitectureSpace.position("units", units, layer.units()));
    integers.add(ArchitectureSpace.position("activations", activations, layer.activation()));
    integers.add(ArchitectureSpace.position("dropouts", dropouts, layer.dropout()));
    Skips.write(place, skips, layer.skips().stream().map(places::get).toList(), integers);
  }

  /** All layers as wide as can be, with the first activation and dropout rate. */
  @Override
  public PerceptronArchitecture largest() {
    return uniform(maxUnits(), layers, maxEmbedding());
  }

  /** As few and as narrow layers as can be, with the first activation and dropout rate. */
  @Override
  public PerceptronArchitecture smallest() {
    return uniform(
        units.stream().mapToInt(Integer::intValue).min().orElseThrow(),
        optionalLayers ? 1 : layers,
        embeddings.stream().mapToInt(Integer::intValue).min().orElse(0));
  }

  private PerceptronArchitecture uniform(int width, int depth, int embedding) {
    List<PerceptronArchitecture.Layer> all =
        Collections.nCopies(
            depth,
            new PerceptronArchitecture.Layer(
                width, activations.get(0), dropouts.get(0), List.of()));
    return new PerceptronArchitecture(all, IntStream.range(0, depth).boxed().toList(), embedding);
  }

  @Override
  public Optional<String> common() {
    return Optional.empty();
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
