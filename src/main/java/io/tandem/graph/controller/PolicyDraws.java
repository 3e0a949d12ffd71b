package io.tandem.graph.controller;

import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * A batch of {@code M} draws of a policy inside the graph.
 *
 * @param <T> type of reals
 * @param discrete choices, int32 {@code [M, discrete]}
 * @param continuous shares in (0, 1), {@code [M, continuous]}
 */
public record PolicyDraws<T extends TNumber>(Operand<TInt32> discrete, Operand<T> continuous) {}
