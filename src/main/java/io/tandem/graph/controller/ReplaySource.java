package io.tandem.graph.controller;

import org.tensorflow.Operand;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Choices that were made, {@code M} samples, of which every part of a batch is a copy.
 *
 * @param <T> type of reals
 * @param seed int64 {@code [2]}: what the samples were drawn with
 * @param recorded int32 {@code [M, discrete]}
 * @param given bool scalar: take {@code shares} instead of the noise of the seed
 * @param shares reals {@code [M, continuous]} in (0, 1): points whose density is wanted; read only
 *     when {@code given}. They are constants: nothing is differentiated through them
 * @param samples int32 scalar: {@code M}
 * @param parts int32 scalar: {@code P}, the number of parts
 */
public record ReplaySource<T extends TNumber>(
    Operand<TInt64> seed,
    Operand<TInt32> recorded,
    Operand<TBool> given,
    Operand<T> shares,
    Operand<TInt32> samples,
    Operand<TInt32> parts) {}
