package io.tandem.graph.controller;

import org.tensorflow.Operand;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Where the choices of a batch come from.
 *
 * @param <T> type of reals
 * @param seed int64 {@code [2]}; the same seed gives the same noise
 * @param replay bool scalar: take {@code recorded} instead of drawing
 * @param recorded int32 {@code [M, discrete]}: choices to replay; read only when {@code replay}
 * @param given bool scalar: take {@code shares} instead of the noise
 * @param shares reals {@code [M, continuous]} in (0, 1): points whose density is wanted; read only
 *     when {@code given}. They are constants: nothing is differentiated through them
 * @param samples int32 scalar: {@code M}, the number of samples
 */
public record SampleSource<T extends TNumber>(
    Operand<TInt64> seed,
    Operand<TBool> replay,
    Operand<TInt32> recorded,
    Operand<TBool> given,
    Operand<T> shares,
    Operand<TInt32> samples) {}
