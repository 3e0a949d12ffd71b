package io.tandem.graph.child.text;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * What a language model makes of a window.
 *
 * @param <T> type of reals
 * @param head of the word behind every word, {@code length · batch} words: all of the first time
 *     step, then all of the second; of the time steps that count
 * @param state after the last word that counts, {@code [batch, stateWidth]}
 * @param penalty scalar that is added to the loss in training: activation and slowness
 *     regularisation; empty for none
 */
public record WindowOutput<T extends TNumber>(
    WordHead<T> head, Operand<T> state, Optional<Operand<T>> penalty) {
  /** Adds the logits of the head, {@code [length · batch, vocabulary]}. */
  public Operand<T> logits() {
    return head.logits();
  }
}
