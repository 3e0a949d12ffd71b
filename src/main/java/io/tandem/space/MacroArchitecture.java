package io.tandem.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A chosen convolutional network in the macro space of ENAS (Pham et al. 2018, section 2.3): one
 * point of a {@link MacroSpace}. Width and image size are not part of it.
 *
 * @param layers the layers behind the stem, at least one
 */
public record MacroArchitecture(List<Layer> layers) implements Architecture {
  /** Checks that there is a layer and that skips only point backwards. */
  public MacroArchitecture {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a macro network needs a layer");
    }
    for (int index = 0; index < layers.size(); index++) {
      Skips.check(index, layers.get(index).skips());
    }
  }

  /**
   * A layer.
   *
   * @param operation what it does to the output of the layer before
   * @param skips which earlier outputs are then added, ascending: 0 is that of the stem, {@code j}
   *     that of layer {@code j - 1}. As in the published code, the layer's own input is not among
   *     them
   */
  public record Layer(ConvolutionOperation operation, List<Integer> skips) {
    /** Copies the list. */
    public Layer {
      skips = List.copyOf(skips);
    }
  }

  /**
   * After how many layers the resolution is halved: a third and two thirds of them, rounded down.
   * Where that is none there is no reduction. (The published code takes twice the rounded third,
   * which is the same for the published depths of 12 and 24.)
   *
   * @param layers number of layers
   * @return none, one or two numbers, ascending
   */
  public static List<Integer> reductions(int layers) {
    List<Integer> after = new ArrayList<>();
    for (int number = 1; number <= 2; number++) {
      int count = Math.floorDiv(number * layers, 3);
      if (count > 0) {
        after.add(count);
      }
    }
    return List.copyOf(after);
  }

  /** How many reductions there are before a layer; of all layers, before the head. */
  public static int reductionsBefore(int layers, int layer) {
    return (int) reductions(layers).stream().filter(after -> after <= layer).count();
  }

  /**
   * Whether an output has to be halved: it is what the next layer works on, or a later layer adds
   * it in.
   *
   * @param after number of layers before the reduction
   * @param output counted from the stem, as in {@link Layer#skips}; at most {@code after}
   */
  public boolean reduces(int after, int output) {
    return output == after
        || layers.stream().skip(after).anyMatch(layer -> layer.skips().contains(output));
  }

  /**
   * Number of trainable weights, scale and offset of batch normalisations included.
   *
   * @param filters widths of the layers
   * @param channels of the images
   * @param classes number of classes
   */
  public long parameters(Filters filters, int channels, int classes) {
    int width = filters.behind(0);
    long total = 9L * channels * width + norm(width);
    for (int layer = 0; layer < layers.size(); layer++) {
      width = filters.behind(reductionsBefore(layers.size(), layer));
      total += parameters(layers.get(layer).operation(), width) + norm(width);
    }
    List<Integer> reductions = reductions(layers.size());
    for (int number = 0; number < reductions.size(); number++) {
      width = filters.behind(number + 1);
      long each = (long) filters.behind(number) * width + norm(width);
      for (int output = 0; output <= reductions.get(number); output++) {
        total += reduces(reductions.get(number), output) ? each : 0;
      }
    }
    return total + (filters.behind(reductions.size()) + 1L) * classes;
  }

  private static long norm(int width) {
    return 2L * width;
  }

  /** Number of trainable weights of one operation, the convolution before it included. */
  static long parameters(ConvolutionOperation operation, int filters) {
    long norm = norm(filters);
    long square = (long) filters * filters;
    int window = operation.size() * operation.size();
    long own =
        switch (operation) {
          case CONV_3X3, CONV_5X5 -> window * square + norm;
          case SEPARABLE_3X3, SEPARABLE_5X5 -> (long) window * filters + square + norm;
          case AVERAGE_POOL_3X3, MAX_POOL_3X3 -> 0;
        };
    return square + norm + own;
  }

  /** One line per layer: {@code 2: conv 3x3, adds stem, layer 0}. */
  @Override
  public String text() {
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < layers.size(); index++) {
      Layer layer = layers.get(index);
      text.append(index).append(": ").append(layer.operation().key().replace('_', ' '));
      if (!layer.skips().isEmpty()) {
        text.append(", adds ");
        text.append(
            layer.skips().stream().map(MacroArchitecture::name).collect(Collectors.joining(", ")));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** How people call an output that a layer adds in: {@code stem}, {@code layer 0}, ... */
  public static String name(int output) {
    return output == 0 ? "stem" : "layer " + (output - 1);
  }

  /**
   * The published form: numbers with blanks between them, for every layer the {@linkplain
   * ConvolutionOperation#code() code} of its operation and one bit for every output that it could
   * add in.
   */
  public String encoding() {
    List<String> numbers = new ArrayList<>();
    for (int index = 0; index < layers.size(); index++) {
      Layer layer = layers.get(index);
      numbers.add(Integer.toString(layer.operation().code()));
      for (int earlier = 0; earlier < index; earlier++) {
        numbers.add(layer.skips().contains(earlier) ? "1" : "0");
      }
    }
    return String.join(" ", numbers);
  }

  /**
   * Reads the published form.
   *
   * @param encoding as {@link #encoding()} writes it; any white space between the numbers
   * @throws IllegalArgumentException if it is no architecture, with position, found and allowed
   */
  public static MacroArchitecture parse(String encoding) {
    EncodedNumbers numbers = new EncodedNumbers(encoding);
    List<Layer> layers = new ArrayList<>();
    while (numbers.hasNext()) {
      int code = numbers.next(ConvolutionOperation.values().length, "an operation");
      List<Integer> skips = new ArrayList<>();
      for (int output = 0; output < layers.size(); output++) {
        if (!numbers.hasNext()) {
          throw length(numbers.size(), layers.size());
        }
        if (numbers.next(2, "a bit for " + name(output)) == 1) {
          skips.add(output);
        }
      }
      layers.add(new Layer(ConvolutionOperation.values()[code], skips));
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(
          "the encoding is empty, expected an operation 0..5 and one bit per earlier layer for"
              + " every layer");
    }
    return new MacroArchitecture(layers);
  }

  private static IllegalArgumentException length(int found, int complete) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "the encoding has %d numbers, expected %d for %d layers or %d for %d layers",
            found,
            numbers(complete),
            complete,
            numbers(complete + 1),
            complete + 1));
  }

  private static int numbers(int layers) {
    return Math.floorDiv(layers * (layers + 1), 2);
  }

  @Override
  public <R> R match(
      Function<PerceptronArchitecture, R> perceptron,
      Function<MacroArchitecture, R> macro,
      Function<MicroArchitecture, R> micro,
      Function<RecurrentArchitecture, R> recurrent) {
    return macro.apply(this);
  }
}
