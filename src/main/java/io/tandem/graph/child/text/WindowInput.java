package io.tandem.graph.child.text;

import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * What a language model reads in a window.
 *
 * @param <T> type of reals
 * @param words numbers of the words {@code [batch, length]}
 * @param state before the first word, {@code [batch, stateWidth]}
 * @param times how many time steps count, scalar in [1, length]: the cell runs over all of them,
 *     but last layer, penalties and state see the first ones only; null for all
 */
public record WindowInput<T extends TNumber>(
    Operand<TInt32> words, Operand<T> state, @Nullable Operand<TInt32> times) {
  /** A window whose time steps all count. */
  public WindowInput(Operand<TInt32> words, Operand<T> state) {
    this(words, state, null);
  }
}
