package io.tandem.space;

/**
 * What only disturbs or steadies the training of a language model (Merity et al. 2018) and is not
 * there when it predicts. A dropout is variational: what it leaves out it leaves out at every time
 * step of a window.
 *
 * @param embedding rate at which whole words of the embedding are left out, in [0, 1)
 * @param input dropout rate of the cell's input, in [0, 1)
 * @param state dropout rate of the state that is carried from one time step to the next, in [0, 1)
 * @param output dropout rate of the cell's output, in [0, 1)
 * @param activation weight of the mean square of the output behind its dropout, at least 0
 * @param slowness weight of the mean square of the difference of successive outputs, at least 0
 */
public record LanguageRegularisation(
    double embedding,
    double input,
    double state,
    double output,
    double activation,
    double slowness) {
  /** Checks the ranges. */
  public LanguageRegularisation {
    rate("embedding", embedding);
    rate("input", input);
    rate("state", state);
    rate("output", output);
    weight("activation", activation);
    weight("slowness", slowness);
  }

  /** Nothing of it. */
  public static LanguageRegularisation none() {
    return new LanguageRegularisation(0, 0, 0, 0, 0, 0);
  }

  private static void rate(String what, double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(what + " dropout " + rate + " is not in [0, 1)");
    }
  }

  private static void weight(String what, double weight) {
    if (!(weight >= 0 && Double.isFinite(weight))) {
      throw new IllegalArgumentException(what + " cannot weigh " + weight);
    }
  }
}
