package io.tandem.graph.controller;

import org.tensorflow.Operand;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Where the choices of a batch come from.
 *
 * @param seed int64 {@code [2]}; the same seed gives the same noise
 * @param replay bool scalar: take {@code recorded} instead of drawing
 * @param recorded int32 {@code [M, discrete]}: choices to replay; read only when {@code replay}
 * @param samples int32 scalar: {@code M}, the number of samples
 */
public record SampleSource(
    Operand<TInt64> seed,
    Operand<TBool> replay,
    Operand<TInt32> recorded,
    Operand<TInt32> samples) {}
