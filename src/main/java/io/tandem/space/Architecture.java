package io.tandem.space;

import java.util.function.Function;

/** A chosen network: one point of an {@link ArchitectureSpace}. */
public sealed interface Architecture
    permits PerceptronArchitecture, MacroArchitecture, MicroArchitecture, RecurrentArchitecture {
  /** As shown to people, one line per layer, each ended by a line feed. */
  String text();

  /**
   * What the function for its kind gives.
   *
   * @param perceptron for a fully connected network
   * @param macro for a convolutional network chosen as a whole
   * @param micro for a convolutional network stacked of chosen cells
   * @param recurrent for the cell of a language model
   */
  <R> R match(
      Function<PerceptronArchitecture, R> perceptron,
      Function<MacroArchitecture, R> macro,
      Function<MicroArchitecture, R> micro,
      Function<RecurrentArchitecture, R> recurrent);

  /** What the network is to do well at. */
  default Goal goal() {
    return match(
        perceptron -> Goal.ACCURACY,
        macro -> Goal.ACCURACY,
        micro -> Goal.ACCURACY,
        recurrent -> Goal.PERPLEXITY);
  }

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
        },
        recurrent -> {
          throw other("recurrent");
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
        },
        recurrent -> {
          throw other("recurrent");
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
        Function.identity(),
        recurrent -> {
          throw other("recurrent");
        });
  }

  /**
   * This as a recurrent network, for what knows no other kind.
   *
   * @throws IllegalArgumentException if it is something else
   */
  default RecurrentArchitecture recurrent() {
    return match(
        perceptron -> {
          throw other("fully connected");
        },
        macro -> {
          throw other("macro");
        },
        micro -> {
          throw other("micro");
        },
        Function.identity());
  }

  private static IllegalArgumentException other(String found) {
    return new IllegalArgumentException(
        "found a " + found + " network where another kind is needed");
  }
}
