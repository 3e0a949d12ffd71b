package io.tandem.graph.input;

import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TInt32;

/** A text as numbers of words in a variable of a graph, fed once and read in windows. */
public final class PlacedWords {
  private final int[] tokens;
  private final Variable<TInt32> stored;
  private final Placeholder<TInt32> values;
  private final Op assign;

  /**
   * Adds the variable, which {@link #load} fills.
   *
   * @param tf where it is added
   * @param tokens the text
   */
  public PlacedWords(Ops tf, int[] tokens) {
    this.tokens = tokens;
    stored = tf.variable(Shape.of(tokens.length), TInt32.class);
    values = tf.placeholder(TInt32.class, Placeholder.shape(stored.shape()));
    assign = tf.assign(stored, values);
  }

  /**
   * The words of windows.
   *
   * @param tf where they are added
   * @param starts where each window begins {@code [batch]}
   * @param length words of a window, positive
   * @return {@code [batch, length]}
   */
  public Operand<TInt32> words(Ops tf, Operand<TInt32> starts, int length) {
    return tf.gather(stored, places(tf, starts, 0, length), tf.constant(0));
  }

  /**
   * The word behind every word of windows, in the order of the logits of a language model.
   *
   * @param tf where they are added
   * @param starts where each window begins {@code [batch]}
   * @param length words of a window, positive
   * @return {@code [length · batch]}: all of the first time step, then all of the second
   */
  public Operand<TInt32> targets(Ops tf, Operand<TInt32> starts, int length) {
    Operand<TInt32> places =
        tf.linalg.transpose(places(tf, starts, 1, length), tf.constant(new int[] {1, 0}));
    return tf.gather(stored, tf.reshape(places, tf.constant(new int[] {-1})), tf.constant(0));
  }

  private static Operand<TInt32> places(Ops tf, Operand<TInt32> starts, int shift, int length) {
    int[] times = new int[length];
    for (int time = 0; time < length; time++) {
      times[time] = time + shift;
    }
    return tf.math.add(tf.expandDims(starts, tf.constant(1)), tf.constant(times));
  }

  /** Name of the variable: it needs no saving. */
  public String name() {
    return stored.op().name();
  }

  /** Fills the variable. */
  public void load(Session session) {
    try (TInt32 text = TInt32.vectorOf(tokens)) {
      session.runner().feed(values, text).addTarget(assign).run().close();
    }
  }
}
