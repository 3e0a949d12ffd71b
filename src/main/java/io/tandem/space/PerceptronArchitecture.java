package io.tandem.space;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A chosen perceptron: one point of a {@link PerceptronSpace}.
 *
 * @param layers the hidden layers, from the input on
 * @param places which layer of the space each is, ascending: other numbers than its own where the
 *     space may leave layers out
 */
public record PerceptronArchitecture(List<Layer> layers, List<Integer> places)
    implements Architecture {
  /** With no layers left out before the last one. */
  public PerceptronArchitecture(List<Layer> layers) {
    this(layers, IntStream.range(0, layers.size()).boxed().toList());
  }

  /** Checks that places ascend and skips only point backwards. */
  public PerceptronArchitecture {
    layers = List.copyOf(layers);
    places = List.copyOf(places);
    if (places.size() != layers.size()) {
      throw new IllegalArgumentException(
          layers.size() + " layers do not fit " + places.size() + " places");
    }
    int last = -1;
    for (int place : places) {
      if (place <= last) {
        throw new IllegalArgumentException("places " + places + " of layers do not ascend");
      }
      last = place;
    }
    for (int index = 0; index < layers.size(); index++) {
      Skips.check(index, layers.get(index).skips());
    }
  }

  /**
   * A hidden layer.
   *
   * @param units width, positive
   * @param activation non-linearity
   * @param dropout dropout rate in training, in [0, 1)
   * @param skips indices of the earlier hidden layers whose outputs are added in, ascending
   */
  public record Layer(int units, Activation activation, double dropout, List<Integer> skips) {
    /** Copies the list. */
    public Layer {
      skips = List.copyOf(skips);
    }
  }

  /**
   * Number of trainable weights.
   *
   * @param features number of input features
   * @param classes number of classes
   */
  public long parameters(int features, int classes) {
    long total = 0;
    int width = features;
    for (Layer layer : layers) {
      total += (width + 1L) * layer.units();
      width = layer.units();
    }
    return total + (width + 1L) * classes;
  }

  /** One line per layer: {@code 0: 128 relu, dropout 0.1, adds 0 1}. */
  @Override
  public String text() {
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < layers.size(); index++) {
      Layer layer = layers.get(index);
      text.append(index).append(": ").append(layer.units()).append(' ');
      text.append(layer.activation().name().toLowerCase(Locale.ROOT));
      text.append(", dropout ").append(layer.dropout());
      if (!layer.skips().isEmpty()) {
        text.append(", adds");
        layer.skips().forEach(skip -> text.append(' ').append(skip));
      }
      text.append('\n');
    }
    return text.toString();
  }

  @Override
  public <R> R match(
      Function<PerceptronArchitecture, R> perceptron,
      Function<MacroArchitecture, R> macro,
      Function<MicroArchitecture, R> micro,
      Function<RecurrentArchitecture, R> recurrent) {
    return perceptron.apply(this);
  }
}
