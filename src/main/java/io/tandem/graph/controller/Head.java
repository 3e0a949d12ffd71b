package io.tandem.graph.controller;

import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Turns the hidden state of the controller into one decision; one implementation per decision kind.
 *
 * @param <T> type of reals
 */
interface Head<T extends TNumber> {
  /**
   * Draws the decision for every sample.
   *
   * @param state state and noise
   */
  Drawn<T> draw(DrawState<T> state);

  /**
   * A decision made, for {@code M} samples.
   *
   * @param <T> type of reals
   * @param discrete int32 {@code [M, width]}, or null for a continuous decision
   * @param continuous value {@code [M]}, or null for a discrete one
   * @param next what the following step adds to the inputs of the gates, {@code [M, 4 units]}; null
   *     if there is none
   */
  record Drawn<T extends TNumber>(
      @Nullable Operand<TInt32> discrete,
      @Nullable Operand<T> continuous,
      @Nullable Operand<T> next) {}
}
