package io.tandem.graph.controller;

import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * A part of the controller's parameter vector, in its own shape; it can be read once all parameters
 * are declared.
 *
 * @param <T> type of reals
 */
interface Parameter<T extends TNumber> {
  /** The tensor. */
  Operand<T> value();
}
