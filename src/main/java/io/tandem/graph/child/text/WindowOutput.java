package io.tandem.graph.child.text;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * What a language model makes of a window.
 *
 * @param <T> type of reals
 * @param logits of the word behind every word, {@code [length · batch, vocabulary]}: all of the
 *     first time step, then all of the second; of the time steps that count
 * @param state after the last word that counts, {@code [batch, stateWidth]}
 * @param penalty scalar that is added to the loss in training: activation and slowness
 *     regularisation; empty for none
 */
public record WindowOutput<T extends TNumber>(
    Operand<T> logits, Operand<T> state, Optional<Operand<T>> penalty) {}
