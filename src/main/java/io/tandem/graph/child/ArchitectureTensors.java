package io.tandem.graph.child;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * An architecture as scalars that choose branches at run time; {@code L} is the number of hidden
 * layers.
 *
 * @param <T> type of reals
 * @param units widths, {@code L} int32 scalars
 * @param activations index into the space's activations, {@code L} int32 scalars
 * @param dropouts dropout rates, {@code L} scalars
 * @param skips one bit per pair of layers, {@code L (L - 1) / 2} int32 scalars: layer 1 from 0,
 *     layer 2 from 0, layer 2 from 1, ...
 * @param gates factors on what was chosen, all 1 and there to be differentiated: one for every
 *     integer that records an architecture, in that order; empty for none
 */
public record ArchitectureTensors<T extends TNumber>(
    List<Operand<TInt32>> units,
    List<Operand<TInt32>> activations,
    List<Operand<T>> dropouts,
    List<Operand<TInt32>> skips,
    List<Operand<T>> gates) {
  /** Copies the lists. */
  public ArchitectureTensors {
    units = List.copyOf(units);
    activations = List.copyOf(activations);
    dropouts = List.copyOf(dropouts);
    skips = List.copyOf(skips);
    gates = List.copyOf(gates);
  }
}
