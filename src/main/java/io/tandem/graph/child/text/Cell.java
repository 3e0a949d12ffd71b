package io.tandem.graph.child.text;

import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * A recurrent cell, ready for the time steps of one window.
 *
 * @param <T> type of reals
 */
@FunctionalInterface
interface Cell<T extends TNumber> {
  /**
   * Adds a time step.
   *
   * @param time number of the time step in its window, from 0
   * @param input what the word contributes to node 0, {@code [batch, 2 hidden]}: to its gate and to
   *     its activation
   * @param state output of the time step before, {@code [batch, hidden]}
   * @param seen the same with dropout, which only the matrices of node 0 see
   * @return output of this one, {@code [batch, hidden]}
   */
  Operand<T> step(int time, Operand<T> input, Operand<T> state, Operand<T> seen);
}
