package io.tandem.graph.child.image;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Batch normalisation (Ioffe and Szegedy 2015): every channel is brought to mean 0 and variance 1,
 * then scaled and offset. Where mean and variance come from is up to the implementation.
 *
 * @param <T> type of reals
 */
interface Normalisation<T extends TNumber> {
  /** Added to a variance before the root, as in the published code of ENAS. */
  double EPSILON = 1e-5;

  /**
   * Normalises.
   *
   * @param tf where it is added
   * @param x {@code [batch, height, width, channels]}
   * @param scale {@code [channels]}
   * @param offset {@code [channels]}
   * @return in the shape of {@code x}
   */
  Operand<T> apply(Ops tf, Operand<T> x, Operand<T> scale, Operand<T> offset);
}
