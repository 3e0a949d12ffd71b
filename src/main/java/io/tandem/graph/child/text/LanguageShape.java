package io.tandem.graph.child.text;

/**
 * Sizes of a language model.
 *
 * @param vocabulary number of different words, at least 2
 * @param hidden size of embedding, state and nodes, positive
 * @param length time steps of a window, positive
 */
public record LanguageShape(int vocabulary, int hidden, int length) {
  /** Checks the sizes. */
  public LanguageShape {
    if (vocabulary < 2 || hidden < 1 || length < 1) {
      throw new IllegalArgumentException(
          "a language model needs two words, a width and a time step, got "
              + vocabulary
              + ", "
              + hidden
              + " and "
              + length);
    }
  }
}
