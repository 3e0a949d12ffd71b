package io.tandem.space;

import java.util.List;

/**
 * A candidate as the controller records it: the values of all decisions of a {@link SearchSpace} in
 * order.
 *
 * @param discrete one integer per categorical decision, one bit per skip candidate
 * @param continuous one share in [0, 1] per continuous decision, of the way through its range
 */
public record Choices(List<Integer> discrete, List<Double> continuous) {
  /** Copies the lists. */
  public Choices {
    discrete = List.copyOf(discrete);
    continuous = List.copyOf(continuous);
  }
}
