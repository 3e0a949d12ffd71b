package io.tandem.run.task;

import io.tandem.data.Dataset;
import io.tandem.graph.child.Network;
import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.child.RowInput;
import io.tandem.graph.child.image.ImageShape;
import io.tandem.graph.child.image.MacroNetwork;
import io.tandem.graph.child.image.MicroNetwork;
import io.tandem.space.Architecture;
import io.tandem.space.ArchitectureSpace;

/** The network that an architecture of a space is for some data. */
public final class ChosenNetwork {
  private ChosenNetwork() {}

  /**
   * Makes the network.
   *
   * @param space the space that was searched; what all its networks share is taken from it
   * @param architecture one of its points
   * @param examples decide the size of the input and the number of outputs
   * @throws IllegalArgumentException if the network needs images and these are none
   */
  public static Network of(ArchitectureSpace space, Architecture architecture, Dataset examples) {
    int outputs = examples.outcome().outputs();
    return architecture.match(
        perceptron -> new PerceptronNetwork(perceptron, RowInput.of(examples), outputs),
        macro ->
            space.match(
                perceptrons -> refused("macro", "perceptrons"),
                macros ->
                    new MacroNetwork(
                        macro, macros.filters(), macros.dropout(), shape(examples), outputs),
                micros -> refused("macro", "cells"),
                recurrents -> refused("macro", "recurrent cells")),
        micro ->
            space.match(
                perceptrons -> refused("micro", "perceptrons"),
                macros -> refused("micro", "layers"),
                micros ->
                    new MicroNetwork(
                        micro,
                        micros.cells(),
                        micros.filters(),
                        micros.regularisation(),
                        shape(examples),
                        outputs),
                recurrents -> refused("micro", "recurrent cells")),
        recurrent -> {
          throw new IllegalArgumentException("recurrent cells read texts, not examples");
        });
  }

  private static Network refused(String network, String space) {
    throw new IllegalArgumentException("a " + network + " network of a space of " + space);
  }

  private static ImageShape shape(Dataset examples) {
    return examples
        .image()
        .map(image -> new ImageShape(image.height(), image.width(), image.channels()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "rows of " + examples.columns() + " columns are no images"));
  }
}
