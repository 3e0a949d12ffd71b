package io.tandem.graph.hypergradient.reversible;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words that left the information buffers, last in, first out. */
final class SpillStack {
  /**
   * One word of every weight of a variable.
   *
   * @param step the step before which it left
   * @param variable position of the variable
   * @param words low words of the buffers, in the order of the weights
   */
  record Spill(int step, int variable, int[] words) {}

  private final Deque<Spill> spills = new ArrayDeque<>();

  void push(Spill spill) {
    spills.push(spill);
  }

  /** Takes the last spill if it left before the step. */
  @Nullable Spill pop(int step) {
    Spill last = spills.peek();
    if (last == null || last.step() != step) {
      return null;
    }
    return spills.pop();
  }

  /** The words of a variable in the order in which they left. */
  List<int[]> of(int variable) {
    List<int[]> all = new ArrayList<>();
    spills
        .descendingIterator()
        .forEachRemaining(
            spill -> {
              if (spill.variable() == variable) {
                all.add(spill.words());
              }
            });
    return all;
  }
}
