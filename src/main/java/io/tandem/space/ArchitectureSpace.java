package io.tandem.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The architecture task: networks to choose from. An architecture is recorded as integers, those of
 * the decisions in their order: the number of an option, or one bit per earlier layer.
 */
public sealed interface ArchitectureSpace
    permits PerceptronSpace, MacroSpace, MicroSpace, RecurrentSpace {
  /** The decisions in the order in which the controller makes them; all are discrete. */
  List<Decision> decisions();

  /** How many integers record an architecture. */
  default int integers() {
    return decisions().stream().mapToInt(Decision::width).sum();
  }

  /**
   * The architecture that integers record.
   *
   * @param integers read as far as they belong to the architecture
   */
  Architecture decode(Iterator<Integer> integers);

  /**
   * The integers that record an architecture.
   *
   * @param architecture one of this space
   * @throws IllegalArgumentException if the space does not offer it
   */
  List<Integer> encode(Architecture architecture);

  /** An architecture with the fewest weights. */
  Architecture smallest();

  /**
   * An architecture as people begin with: of sizes, rates and sources the middle one, or the
   * earlier of two; of activations and operations, which have no order, the first; every layer is
   * there, and none adds the output of an earlier one.
   */
  default Architecture middle() {
    List<Integer> integers = new ArrayList<>();
    for (Decision decision : decisions()) {
      int option = decision instanceof Decision.Categorical categorical ? usual(categorical) : 0;
      integers.addAll(Collections.nCopies(decision.width(), option));
    }
    return decode(integers.iterator());
  }

  private static int usual(Decision.Categorical decision) {
    String about = decision.name().substring(decision.name().lastIndexOf('/') + 1);
    if (about.startsWith("activation") || about.startsWith("operation")) {
      return 0;
    }
    return about.equals("there") ? 1 : (decision.options() - 1) / 2;
  }

  /** An architecture with the most weights. */
  Architecture largest();

  /** What is the same in all networks of the space, in words; empty if there is nothing. */
  Optional<String> common();

  /**
   * What the function for its kind gives.
   *
   * @param perceptron for fully connected networks
   * @param macro for convolutional networks chosen as a whole
   * @param micro for convolutional networks stacked of chosen cells
   * @param recurrent for language models of a chosen cell
   */
  <R> R match(
      Function<PerceptronSpace, R> perceptron,
      Function<MacroSpace, R> macro,
      Function<MicroSpace, R> micro,
      Function<RecurrentSpace, R> recurrent);

  /** What its networks are to do well at. */
  default Goal goal() {
    return match(
        perceptron -> Goal.ACCURACY,
        macro -> Goal.ACCURACY,
        micro -> Goal.ACCURACY,
        recurrent -> Goal.PERPLEXITY);
  }

  /** The same networks for inputs without codes, where the values of codes would be embedded. */
  default ArchitectureSpace withoutEmbeddings() {
    return this;
  }

  /**
   * This as a space of perceptrons, for what knows no other kind.
   *
   * @throws IllegalArgumentException if it is something else
   */
  default PerceptronSpace perceptron() {
    return match(
        Function.identity(),
        macro -> {
          throw new IllegalArgumentException("expected perceptrons, found macro networks");
        },
        micro -> {
          throw new IllegalArgumentException("expected perceptrons, found micro networks");
        },
        recurrent -> {
          throw new IllegalArgumentException("expected perceptrons, found recurrent cells");
        });
  }

  /**
   * This as a space of recurrent cells, for what knows no other kind.
   *
   * @throws IllegalArgumentException if it is something else
   */
  default RecurrentSpace recurrent() {
    return match(
        perceptron -> {
          throw new IllegalArgumentException("expected recurrent cells, found perceptrons");
        },
        macro -> {
          throw new IllegalArgumentException("expected recurrent cells, found macro networks");
        },
        micro -> {
          throw new IllegalArgumentException("expected recurrent cells, found micro networks");
        },
        Function.identity());
  }

  /** The place of a choice in a list of options. */
  static int position(String options, List<?> list, Object choice) {
    int position = list.indexOf(choice);
    if (position < 0) {
      throw new IllegalArgumentException(
          choice + " is not one of the space's " + options + " " + list);
    }
    return position;
  }

  /** Checks a number against that of the space. */
  static void same(String what, int expected, int found) {
    if (expected != found) {
      throw new IllegalArgumentException(
          found + " " + what + " do not fit the space's " + expected);
    }
  }
}
