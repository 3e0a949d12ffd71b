package io.tandem.graph.child.text;

import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * What disturbs a language model while it trains on a window.
 *
 * @param <T> type of reals
 * @param seed {@code [2]}; decides all masks of the window
 * @param strength scalar in [0, 1], factor on all dropout rates; null for no dropout
 * @param searched whether the strength is to be differentiated, which takes another kind of mask
 */
public record WindowNoise<T extends TNumber>(
    Operand<TInt64> seed, @Nullable Operand<T> strength, boolean searched) {}
