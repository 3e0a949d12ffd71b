package io.tandem.space;

import java.util.function.Function;

/** A chosen network: one point of an {@link ArchitectureSpace}. */
public sealed interface Architecture
    permits PerceptronArchitecture, MacroArchitecture, MicroArchitecture {
  /** As shown to people, one line per layer, each ended by a line feed. */
  String text();

  /**
   * What the function for its kind gives.
   *
   * @param perceptron for a fully connected network
   * @param macro for a convolutional network chosen as a whole
   * @param micro for a convolutional network stacked of chosen cells
   */
  <R> R match(
      Function<PerceptronArchitecture, R> perceptron,
      Function<MacroArchitecture, R> macro,
      Function<MicroArchitecture, R> micro);

  /**
   * This as a perceptron, for what knows no other kind.
   *
   * @throws IllegalArgumentException if it is something else
   */
  default PerceptronArchitecture perceptron() {
    return match(
        Function.identity(),
        macro -> {
          throw other("macro");
        },
        micro -> {
          throw other("micro");
        });
  }

  /**
   * This as a macro network, for what knows no other kind.
   *
   * @throws IllegalArgumentException if it is something else
   */
  default MacroArchitecture macro() {
    return match(
        perceptron -> {
          throw other("fully connected");
        },
        Function.identity(),
        micro -> {
          throw other("micro");
        });
  }

  /**
   * This as a micro network, for what knows no other kind.
   *
   * @throws IllegalArgumentException if it is something else
   */
  default MicroArchitecture micro() {
    return match(
        perceptron -> {
          throw other("fully connected");
        },
        macro -> {
          throw other("macro");
        },
        Function.identity());
  }

  private static IllegalArgumentException other(String found) {
    return new IllegalArgumentException(
        "found a " + found + " network where another kind is needed");
  }
}
