package io.tandem.wiring;

import io.tandem.data.Dataset;
import io.tandem.graph.child.Network;
import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.child.image.ImageShape;
import io.tandem.graph.child.image.MacroNetwork;
import io.tandem.space.Architecture;
import io.tandem.space.ArchitectureSpace;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MacroSpace;

/** The network that an architecture of a space is for some data. */
public final class ChosenNetwork {
  private ChosenNetwork() {}

  /**
   * Makes the network.
   *
   * @param space the space that was searched; what all its networks share is taken from it
   * @param architecture one of its points
   * @param examples decide the size of the input and the number of classes
   * @throws IllegalArgumentException if the network needs images and these are none
   */
  public static Network of(ArchitectureSpace space, Architecture architecture, Dataset examples) {
    int classes = examples.classes().size();
    return architecture.match(
        perceptron -> new PerceptronNetwork(perceptron, examples.columns(), classes),
        macro ->
            space.match(
                perceptrons -> {
                  throw new IllegalArgumentException("a macro network of a space of perceptrons");
                },
                macros -> image(macros, macro, examples),
                micros -> {
                  throw new IllegalArgumentException("micro networks are not there yet");
                }),
        micro -> {
          throw new IllegalArgumentException("micro networks are not there yet");
        });
  }

  private static Network image(MacroSpace space, MacroArchitecture macro, Dataset examples) {
    ImageShape shape =
        examples
            .image()
            .map(image -> new ImageShape(image.height(), image.width(), image.channels()))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "rows of " + examples.columns() + " columns are no images"));
    return new MacroNetwork(
        macro, space.filters(), space.dropout(), shape, examples.classes().size());
  }
}
