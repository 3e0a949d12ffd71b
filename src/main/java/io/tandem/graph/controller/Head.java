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
   * Makes the decision for every sample.
   *
   * @param context state, noise and replayed choices
   */
  Outcome<T> decide(HeadContext<T> context);

  /**
   * A decision made, for {@code M} samples.
   *
   * @param <T> type of reals
   * @param discrete int32 {@code [M, width]}, or null for a continuous decision
   * @param continuous value {@code [M]}, or null for a discrete one
   * @param logProbability {@code [M]}; of a continuous decision the log-density of the drawn point
   * @param logChoices the same for each choice of the decision, {@code [M]} or {@code [M, width]}
   * @param entropy {@code [M]}
   * @param skipPenalty {@code [M]}, or null where the decision has none
   * @param next input of the following LSTM step, {@code [M, units]}
   */
  record Outcome<T extends TNumber>(
      @Nullable Operand<TInt32> discrete,
      @Nullable Operand<T> continuous,
      Operand<T> logProbability,
      Operand<T> logChoices,
      Operand<T> entropy,
      @Nullable Operand<T> skipPenalty,
      Operand<T> next) {}
}
