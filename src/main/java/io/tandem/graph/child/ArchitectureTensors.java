package io.tandem.graph.child;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * An architecture as scalars that choose branches at run time.
 *
 * @param <T> type of reals
 * @param choices the integers that record an architecture of the {@link
 *     io.tandem.space.ArchitectureSpace}, in its order; int32 scalars
 * @param gates factors on what was chosen, all 1 and there to be differentiated: one for every
 *     integer; empty for none
 */
public record ArchitectureTensors<T extends TNumber>(
    List<Operand<TInt32>> choices, List<Operand<T>> gates) {
  /** Copies the lists. */
  public ArchitectureTensors {
    choices = List.copyOf(choices);
    gates = List.copyOf(gates);
    if (!gates.isEmpty() && gates.size() != choices.size()) {
      throw new IllegalArgumentException(
          gates.size() + " gates do not fit " + choices.size() + " choices");
    }
  }
}
