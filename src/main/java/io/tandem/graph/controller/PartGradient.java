package io.tandem.graph.controller;

import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * Derivatives by the parameters of a policy, one for every part of a batch.
 *
 * @param <T> type of reals
 */
public interface PartGradient<T extends TNumber> {
  /**
   * The derivative of a scalar by the parameters, as far as it came through each part's rows. The
   * columns are in an order of their own, and some may always be 0.
   *
   * @param value scalar, computed from the rows of all parts
   * @return {@code [P, columns]}
   */
  Operand<T> of(Operand<T> value);

  /**
   * Puts columns into the order of the parameter vector.
   *
   * @param rows {@code [any, columns]}: what {@link #of} gave, or sums of its rows
   * @return {@code [any, parameters]}
   */
  Operand<T> inOrder(Operand<T> rows);
}
