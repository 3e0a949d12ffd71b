package io.tandem.graph.inner;

import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * The constants of RMSProp, Adam and AdamW as tensors, where they are to be differentiated.
 *
 * @param <T> float32 or float64
 * @param decay β₂, decay of the second moment, in [0, 1)
 * @param epsilon term in the denominator, positive
 */
public record SecondMoment<T extends TNumber>(Operand<T> decay, Operand<T> epsilon) {}
