package io.tandem.space;

import java.util.function.Function;

/** A chosen network: one point of an {@link ArchitectureSpace}. */
public sealed interface Architecture permits PerceptronArchitecture, MacroArchitecture {
  /** As shown to people, one line per layer, each ended by a line feed. */
  String text();

  /**
   * What the function for its kind gives.
   *
   * @param perceptron for a fully connected network
   * @param macro for a convolutional network chosen as a whole
   */
  <R> R match(Function<PerceptronArchitecture, R> perceptron, Function<MacroArchitecture, R> macro);

  /**
   * This as a perceptron, for what knows no other kind.
   *
   * @throws IllegalArgumentException if it is something else
   */
  default PerceptronArchitecture perceptron() {
    return match(
        Function.identity(),
        macro -> {
          throw new IllegalArgumentException("expected a perceptron, found a macro network");
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
          throw new IllegalArgumentException("expected a macro network, found a perceptron");
        },
        Function.identity());
  }
}
