package io.tandem.graph.controller;

import org.tensorflow.Operand;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * A distribution over candidates that can be sampled in the graph.
 *
 * @param <T> type of reals
 */
public interface Policy<T extends TNumber> {
  /** Type of reals. */
  Class<T> type();

  /** The variable that holds all parameters end to end. */
  Variable<T> vector();

  /**
   * Adds the drawing of a batch to the graph.
   *
   * @param seed int64 {@code [2]}; the same seed gives the same draws
   * @param samples int32 scalar: how many
   */
  PolicyDraws<T> draw(Operand<TInt64> seed, Operand<TInt32> samples);

  /**
   * Adds what the policy says of choices that were made.
   *
   * @param source the choices
   */
  PolicySample<T> replay(ReplaySource<T> source);
}
