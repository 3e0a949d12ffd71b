package io.tandem.graph.child.text;

import io.tandem.graph.child.Parts;
import io.tandem.graph.core.Precision;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** A language model, with shapes known when the graph is built. */
public interface LanguageNetwork {
  /** Sizes. */
  LanguageShape shape();

  /**
   * The same model over windows of another length; its weights are the same.
   *
   * @param length time steps of a window, positive
   */
  LanguageNetwork over(int length);

  /** Width of the state that is carried from one time step to the next, positive. */
  default int stateWidth() {
    return shape().hidden();
  }

  /** The weights, in order, under their names. */
  Parts parts();

  /**
   * Adds the model over a window.
   *
   * @param tf where it is added
   * @param weights in the order of {@link #parts()}
   * @param input words, the state before them and how many of them count
   * @param noise what disturbs the training; null as the model predicts
   * @param precision number format of the products
   */
  <T extends TNumber> WindowOutput<T> window(
      Ops tf,
      List<Operand<T>> weights,
      WindowInput<T> input,
      @Nullable WindowNoise<T> noise,
      Precision precision);

  /**
   * Adds the model over a window whose time steps all count.
   *
   * @param tf where it is added
   * @param weights in the order of {@link #parts()}
   * @param words numbers of the words {@code [batch, length]}
   * @param state before the first word, {@code [batch, stateWidth]}
   * @param noise what disturbs the training; null as the model predicts
   * @param precision number format of the products
   */
  default <T extends TNumber> WindowOutput<T> window(
      Ops tf,
      List<Operand<T>> weights,
      Operand<TInt32> words,
      Operand<T> state,
      @Nullable WindowNoise<T> noise,
      Precision precision) {
    return window(tf, weights, new WindowInput<>(words, state), noise, precision);
  }
}
