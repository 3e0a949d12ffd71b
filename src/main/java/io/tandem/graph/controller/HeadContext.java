package io.tandem.graph.controller;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * What a head sees.
 *
 * @param <T> type of reals
 * @param hidden hidden state {@code [M, units]}
 * @param anchors hidden states at the end of the earlier layers, each {@code [M, units]}
 * @param uniform noise in (0, 1) {@code [M, width of the decision, options]}; for categorical and
 *     skip decisions
 * @param normal draws standard normal noise {@code [M]}; for continuous decisions
 * @param replay whether to take {@code recorded}
 * @param recorded int32 {@code [M, width]}
 * @param given whether to take {@code share}
 * @param share {@code [M]}, the point of a continuous decision
 */
record HeadContext<T extends TNumber>(
    Operand<T> hidden,
    List<Operand<T>> anchors,
    Noise<T> uniform,
    Normal<T> normal,
    Operand<TBool> replay,
    Operand<TInt32> recorded,
    Operand<TBool> given,
    Operand<T> share) {

  /** Draws standard normal noise. */
  interface Normal<T extends TNumber> {
    /** Noise {@code [M]}. */
    Operand<T> draw();
  }

  /** Draws uniform noise of a shape {@code [M, columns]}. */
  interface Noise<T extends TNumber> {
    /** Noise in (0, 1). */
    Operand<T> draw(int columns);
  }
}
