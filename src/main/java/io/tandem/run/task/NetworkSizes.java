package io.tandem.run.task;

import io.tandem.data.Dataset;
import io.tandem.data.ImageShape;
import io.tandem.graph.child.RowInput;
import io.tandem.space.ArchitectureSpace;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MacroSpace;
import io.tandem.space.MicroSpace;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.PerceptronSpace;
import io.tandem.space.RecurrentSpace;
import java.util.Collections;

/**
 * How large the networks of a space are on some data.
 *
 * @param smallest trainable weights of the smallest network
 * @param largest trainable weights of the largest network
 * @param shared trainable weights that all networks share
 * @param activations numbers that the largest network makes of one example on the way forward and
 *     keeps for the way back
 */
public record NetworkSizes(long smallest, long largest, long shared, long activations) {
  // Behind the 1 x 1 and the k x k convolution: product, normalised, rectified; then sum,
  // normalised.
  private static final int IMAGES_OF_A_LAYER = 8;
  private static final int IMAGES_OF_THE_STEM = 2;
  // Two products, gate, activation, both weighted, what is left for the state, sum.
  private static final int VECTORS_OF_A_NODE = 8;
  // Products and their exponentials.
  private static final int VECTORS_OF_THE_WORDS = 2;

  /**
   * The sizes.
   *
   * @param space the networks
   * @param examples what they are trained on; images for networks that see them
   */
  public static NetworkSizes of(ArchitectureSpace space, Dataset examples) {
    int classes = examples.outcome().outputs();
    return space.match(
        perceptrons -> of(perceptrons, RowInput.of(examples), classes),
        macros -> of(macros, examples.image().orElseThrow(), classes),
        micros -> of(micros, examples.image().orElseThrow(), classes),
        recurrents -> of(recurrents, classes));
  }

  private static NetworkSizes of(
      PerceptronSpace space, PerceptronArchitecture.Input input, int classes) {
    long largest = space.largest().parameters(input, classes);
    // An indicator for each value of each code is made on the way to its embedding.
    int indicators = input.vocabularies().stream().mapToInt(Integer::intValue).sum();
    return new NetworkSizes(
        space.smallest().parameters(input, classes),
        largest,
        largest,
        (long) space.layers() * Collections.max(space.units()) + indicators);
  }

  private static NetworkSizes of(MacroSpace space, ImageShape image, int classes) {
    int channels = image.channels();
    long height = image.height();
    long width = image.width();
    long activations = IMAGES_OF_THE_STEM * height * width * space.filters(0);
    for (int layer = 0; layer < space.layers(); layer++) {
      if (MacroArchitecture.reductions(space.layers()).contains(layer)) {
        height = Math.floorDiv(height + 1, 2);
        width = Math.floorDiv(width + 1, 2);
      }
      activations += IMAGES_OF_A_LAYER * height * width * space.filters(layer);
    }
    return new NetworkSizes(
        space.smallest().parameters(space.filters(), channels, classes),
        space.largest().parameters(space.filters(), channels, classes),
        space.sharedParameters(channels, classes),
        activations);
  }

  private static NetworkSizes of(MicroSpace space, ImageShape image, int classes) {
    int channels = image.channels();
    int cells = space.cells();
    int filters = space.filters();
    return new NetworkSizes(
        space.smallest().parameters(cells, filters, channels, classes),
        space.largest().parameters(cells, filters, channels, classes),
        space.sharedParameters(channels, classes),
        new MicroActivations(space.largest(), cells, filters).of(image));
  }

  /**
   * The sizes of language models.
   *
   * @param space the cells
   * @param vocabulary number of different words; an example is one word
   */
  static NetworkSizes of(RecurrentSpace space, int vocabulary) {
    long nodes = (space.nodes() + 1L) * VECTORS_OF_A_NODE;
    return new NetworkSizes(
        space.smallest().parameters(space.hidden(), vocabulary),
        space.largest().parameters(space.hidden(), vocabulary),
        space.sharedParameters(vocabulary),
        nodes * space.hidden() + VECTORS_OF_THE_WORDS * (long) vocabulary);
  }
}
