package io.tandem.graph.child;

import org.tensorflow.Operand;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * What disturbs a network while it trains.
 *
 * @param <T> type of reals
 * @param seed {@code [2]}; decides all masks of this batch
 * @param progress scalar, share of the training that has passed, in [0, 1]: some noise grows with
 *     it
 */
public record TrainingNoise<T extends TNumber>(Operand<TInt64> seed, Operand<T> progress) {}
