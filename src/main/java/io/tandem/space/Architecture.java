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
    return match(Function.identity(), this::other, this::other);
  }

  /**
   * This as a macro network, for what knows no other kind.
   *
   * @throws IllegalArgumentException if it is something else
   */
  default MacroArchitecture macro() {
    return match(this::other, Function.identity(), this::other);
  }

  /**
   * This as a micro network, for what knows no other kind.
   *
   * @throws IllegalArgumentException if it is something else
   */
  default MicroArchitecture micro() {
    return match(this::other, this::other, Function.identity());
  }

  private <R> R other(Architecture found) {
    String kind = found.match(perceptron -> "fully connected", macro -> "macro", micro -> "micro");
    throw new IllegalArgumentException("found a " + kind + " network where another kind is needed");
  }
}
