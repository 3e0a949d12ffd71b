package io.tandem.graph.child.text;

import io.tandem.graph.child.Part;
import io.tandem.graph.child.Parts;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * The weights of language models. Those of gate and activation lie side by side; what is drawn has
 * the variance {@code 1 / hidden}.
 */
final class RecurrentParts {
  private RecurrentParts() {}

  /**
   * Around every cell, in the order embedding, bias of the last layer, node 0 by word and state.
   */
  static Parts common(LanguageShape shape) {
    return new Parts(
        List.of(
            drawn("embedding", shape.vocabulary(), shape.hidden(), shape),
            Part.offset("output/bias", shape.vocabulary()),
            drawn("node0/input", shape.hidden(), 2 * shape.hidden(), shape),
            drawn("node0/state", shape.hidden(), 2 * shape.hidden(), shape)));
  }

  /** Of a node behind node 0, for one source. */
  static Parts node(LanguageShape shape) {
    return new Parts(List.of(drawn("kernel", shape.hidden(), 2 * shape.hidden(), shape)));
  }

  private static Part drawn(String name, int rows, int columns, LanguageShape shape) {
    return new Part(name, Shape.of(rows, columns), Part.Start.DRAWN, 2 * shape.hidden());
  }
}
