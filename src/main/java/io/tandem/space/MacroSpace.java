package io.tandem.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Convolutional networks of a fixed depth and fixed widths, each chosen as a whole (Pham et al.
 * 2018, section 2.3): every layer chooses its operation and which earlier layers to add in.
 *
 * <p>A stem makes the first {@code filters} of the image. Layer {@code i} applies its operation to
 * the output of the layer before, adds the outputs of the chosen earlier layers and normalises.
 * After a third and two thirds of the layers ({@link MacroArchitecture#reductions}) height and
 * width are halved. Mean over the pixels, dropout and a linear layer to the classes follow.
 *
 * @param layers number of layers, positive
 * @param filters channels of the layers while searching
 * @param operations operations to choose from, none twice
 * @param skips whether layers may add in earlier layers
 * @param dropout rate of the dropout before the linear layer, in [0, 1)
 */
public record MacroSpace(
    int layers,
    Filters filters,
    List<ConvolutionOperation> operations,
    boolean skips,
    double dropout)
    implements ArchitectureSpace {

  /** Checks the ranges. */
  public MacroSpace {
    operations = List.copyOf(operations);
    if (layers < 1 || operations.isEmpty()) {
      throw new IllegalArgumentException("a macro space needs layers and operations");
    }
    if (operations.stream().distinct().count() < operations.size()) {
      throw new IllegalArgumentException("an operation is offered twice in " + operations);
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout " + dropout + " is not in [0, 1)");
    }
  }

  /** Layer by layer: operation, skips. */
  @Override
  public List<Decision> decisions() {
    List<Decision> all = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      String prefix = "layer" + layer + "/";
      all.add(new Decision.Categorical(prefix + "operation", operations.size()));
      if (skips && layer > 0) {
        all.add(new Decision.Skips(prefix + "skips", layer));
      }
    }
    return List.copyOf(all);
  }

  /**
   * Which of the integers that record an architecture is the operation of a layer; one bit for
   * every earlier layer follows.
   *
   * @param layer counted from 0
   */
  public int column(int layer) {
    return layer + (skips ? Math.floorDiv(layer * (layer - 1), 2) : 0);
  }

  @Override
  public MacroArchitecture decode(Iterator<Integer> integers) {
    List<MacroArchitecture.Layer> chosen = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      chosen.add(
          new MacroArchitecture.Layer(
              operations.get(integers.next()), skips ? Skips.read(layer, integers) : List.of()));
    }
    return new MacroArchitecture(chosen);
  }

  @Override
  public List<Integer> encode(Architecture architecture) {
    List<MacroArchitecture.Layer> chosen = architecture.macro().layers();
    ArchitectureSpace.same("layers", layers, chosen.size());
    List<Integer> integers = new ArrayList<>();
    for (int index = 0; index < layers; index++) {
      MacroArchitecture.Layer layer = chosen.get(index);
      integers.add(ArchitectureSpace.position("operations", operations, layer.operation()));
      Skips.write(index, skips, layer.skips(), integers);
    }
    return List.copyOf(integers);
  }

  /** The operation with the fewest weights throughout, and no skips. */
  @Override
  public MacroArchitecture smallest() {
    return new MacroArchitecture(
        IntStream.range(0, layers)
            .mapToObj(layer -> new MacroArchitecture.Layer(extreme(layer, false), List.of()))
            .toList());
  }

  /** The operation with the most weights throughout, and all skips. */
  @Override
  public MacroArchitecture largest() {
    List<MacroArchitecture.Layer> all = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      List<Integer> earlier = skips ? IntStream.range(0, layer).boxed().toList() : List.of();
      all.add(new MacroArchitecture.Layer(extreme(layer, true), earlier));
    }
    return new MacroArchitecture(all);
  }

  /** Which operation has the most or the fewest weights can depend on the width. */
  private ConvolutionOperation extreme(int layer, boolean most) {
    Comparator<ConvolutionOperation> order =
        Comparator.comparingLong(operation -> weights(layer, operation));
    return Collections.min(operations, most ? order.reversed() : order);
  }

  private long weights(int layer, ConvolutionOperation operation) {
    return MacroArchitecture.parameters(operation, filters(layer));
  }

  /**
   * Channels of a layer.
   *
   * @param layer counted from 0; of all layers, those before the head
   */
  public int filters(int layer) {
    return filters.behind(MacroArchitecture.reductionsBefore(layers, layer));
  }

  /**
   * Number of trainable weights of all networks of the space where they share them: those of the
   * largest, and of its layers' other operations.
   *
   * @param channels of the images
   * @param classes number of classes
   */
  public long sharedParameters(int channels, int classes) {
    long total = largest().parameters(filters, channels, classes);
    for (int layer = 0; layer < layers; layer++) {
      total -= weights(layer, extreme(layer, true));
      for (ConvolutionOperation operation : operations) {
        total += weights(layer, operation);
      }
    }
    return total;
  }

  @Override
  public Optional<String> common() {
    return Optional.of(filters.text() + ", dropout " + dropout);
  }

  @Override
  public <R> R match(
      Function<PerceptronSpace, R> perceptron,
      Function<MacroSpace, R> macro,
      Function<MicroSpace, R> micro,
      Function<RecurrentSpace, R> recurrent) {
    return macro.apply(this);
  }
}
