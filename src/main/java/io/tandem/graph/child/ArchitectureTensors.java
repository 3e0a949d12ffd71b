package io.tandem.graph.child;

import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * An architecture as tensors that choose branches at run time; {@code L} is the number of hidden
 * layers.
 *
 * @param <T> type of reals
 * @param units widths, int32 {@code [L]}
 * @param activations index into the space's activations, int32 {@code [L]}
 * @param dropouts dropout rates {@code [L]}
 * @param skips one bit per pair of layers, int32 {@code [L (L - 1) / 2]}: layer 1 from 0, layer 2
 *     from 0, layer 2 from 1, ...
 */
public record ArchitectureTensors<T extends TNumber>(
    Operand<TInt32> units,
    Operand<TInt32> activations,
    Operand<T> dropouts,
    Operand<TInt32> skips) {}
