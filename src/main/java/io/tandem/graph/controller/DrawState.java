package io.tandem.graph.controller;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * What a head sees when it draws.
 *
 * @param <T> type of reals
 * @param hidden hidden state {@code [M, units]}
 * @param anchors hidden states at the end of the earlier layers, each {@code [M, units]}
 * @param keys what the attention makes of the anchors, each {@code [M, units]}; empty if no
 *     decision is one of skips
 * @param noise of a categorical decision standard Gumbel noise {@code [M, options]}, of skips
 *     uniform noise in (0, 1) {@code [M, earlier]}, of a continuous one standard normal noise
 *     {@code [M]}
 * @param inputs what a choice becomes for the next step
 */
record DrawState<T extends TNumber>(
    Operand<T> hidden,
    List<Operand<T>> anchors,
    List<Operand<T>> keys,
    Operand<T> noise,
    InputTable<T> inputs) {}
