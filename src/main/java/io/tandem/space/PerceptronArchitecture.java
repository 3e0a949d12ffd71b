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
 * @param embedding length of the vector that stands for each value of a coded input, positive; 0 if
 *     such an input is given to the first layer as an indicator for each of its values
 */
public record PerceptronArchitecture(List<Layer> layers, List<Integer> places, int embedding)
    implements Architecture {
  /** With no layers left out before the last one. */
  public PerceptronArchitecture(List<Layer> layers) {
    this(layers, IntStream.range(0, layers.size()).boxed().toList());
  }

  /** Without embeddings. */
  public PerceptronArchitecture(List<Layer> layers, List<Integer> places) {
    this(layers, places, 0);
  }

  /** Checks that places ascend and skips only point backwards. */
  public PerceptronArchitecture {
    if (embedding < 0) {
      throw new IllegalArgumentException("an embedding of length " + embedding);
    }
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
   * The input of a perceptron: numbers, followed by a code for each category of many values.
   *
   * @param numbers how many numbers there are
   * @param vocabularies number of values of each code, which is one of 0 up to but not this; any
   *     other code stands for none of the values
   */
  public record Input(int numbers, List<Integer> vocabularies) {
    /** Copies the list and checks the sizes. */
    public Input {
      vocabularies = List.copyOf(vocabularies);
      if (numbers < 0
          || numbers + vocabularies.size() < 1
          || vocabularies.stream().anyMatch(values -> values < 1)) {
        throw new IllegalArgumentException(
            "a network needs an input, got "
                + numbers
                + " numbers and codes of "
                + vocabularies
                + " values");
      }
    }

    /** Numbers alone. */
    public static Input of(int numbers) {
      return new Input(numbers, List.of());
    }

    /** Number of columns of a row: numbers and codes. */
    public int columns() {
      return numbers + vocabularies.size();
    }
  }

  /**
   * Number of inputs of the first layer: the numbers, and the embeddings or indicators of the
   * codes.
   */
  public int width(Input input) {
    return input.numbers()
        + (embedding > 0
            ? embedding * input.vocabularies().size()
            : input.vocabularies().stream().mapToInt(Integer::intValue).sum());
  }

  /** Number of weights of the embeddings. */
  public long embedded(Input input) {
    return (long) embedding * input.vocabularies().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * Number of trainable weights.
   *
   * @param input what it reads
   * @param outputs number of classes, or of numbers that are predicted
   */
  public long parameters(Input input, int outputs) {
    long total = embedded(input);
    int width = width(input);
    for (Layer layer : layers) {
      total += (width + 1L) * layer.units();
      width = layer.units();
    }
    return total + (width + 1L) * outputs;
  }

  /**
   * One line per layer: {@code 0: 128 relu, dropout 0.1, adds 0 1}; before them the length of the
   * embeddings, if there are any.
   */
  @Override
  public String text() {
    StringBuilder text = new StringBuilder();
    if (embedding > 0) {
      text.append("embeddings of length ").append(embedding).append('\n');
    }
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
