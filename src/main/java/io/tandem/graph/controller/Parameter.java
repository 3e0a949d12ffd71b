package io.tandem.graph.controller;

import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * A part of the controller's parameter vector, in its own shape; the tensor can be read once all
 * parameters are declared.
 *
 * @param <T> type of reals
 */
interface Parameter<T extends TNumber> {
  /** The tensor. */
  Operand<T> value();

  /** Where it begins in the vector. */
  int place();

  /** Number of its elements. */
  int size();

  /** Where its elements lie in the vector. */
  default int[] places() {
    return IntStream.range(place(), place() + size()).toArray();
  }
}
