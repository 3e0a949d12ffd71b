package io.tandem.graph.inner;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * What an unrolled loop went through.
 *
 * @param <T> float32 or float64
 * @param states state before the first step and after every step
 * @param losses training loss before every step
 */
public record Trajectory<T extends TNumber>(List<InnerState<T>> states, List<Operand<T>> losses) {

  /** Checks that there is a start. */
  public Trajectory {
    states = List.copyOf(states);
    losses = List.copyOf(losses);
    if (states.size() != losses.size() + 1) {
      throw new IllegalArgumentException("a trajectory has one state more than losses");
    }
  }

  /** The state after the last step. */
  public InnerState<T> last() {
    return states.get(states.size() - 1);
  }
}
