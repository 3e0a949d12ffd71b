package io.tandem.graph.child.text;

import io.tandem.graph.child.Part;
import io.tandem.graph.child.Parts;
import io.tandem.graph.core.ManyInputs;
import io.tandem.graph.core.Precision;
import io.tandem.graph.core.Products;
import io.tandem.graph.core.Scalars;
import io.tandem.space.LanguageRegularisation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The language model of one LSTM layer (Hochreiter and Schmidhuber 1997, with forget gate), for
 * comparison: embedding, last layer, dropout and penalties are those of recurrent cells. Its state
 * is output and memory side by side. Gates lie side by side in the order input, forget, change,
 * output; 1 is added to the forget gate (Jozefowicz et al. 2015).
 *
 * @param shape sizes
 * @param regularisation what only disturbs or steadies the training
 */
public record LstmNetwork(LanguageShape shape, LanguageRegularisation regularisation)
    implements LanguageNetwork {
  private static final int GATES = 4;

  /** Number of trainable weights. */
  public static long parameters(int hidden, int vocabulary) {
    return (hidden + 1L) * vocabulary + 2L * GATES * hidden * hidden + (long) GATES * hidden;
  }

  /**
   * The hidden size whose number of weights is nearest to a given one.
   *
   * @param parameters wanted number of weights
   * @param vocabulary number of different words
   */
  public static int hidden(long parameters, int vocabulary) {
    int hidden = 1;
    while (parameters(hidden, vocabulary) < parameters) {
      hidden++;
    }
    boolean below =
        hidden > 1
            && parameters - parameters(hidden - 1, vocabulary)
                <= parameters(hidden, vocabulary) - parameters;
    return below ? hidden - 1 : hidden;
  }

  @Override
  public LstmNetwork over(int length) {
    return new LstmNetwork(
        new LanguageShape(shape.vocabulary(), shape.hidden(), length), regularisation);
  }

  @Override
  public int stateWidth() {
    return 2 * shape.hidden();
  }

  @Override
  public Parts parts() {
    int hidden = shape.hidden();
    return new Parts(
        List.of(
            drawn("embedding", shape.vocabulary(), hidden),
            Part.offset("output/bias", shape.vocabulary()),
            drawn("input", hidden, GATES * hidden),
            drawn("state", hidden, GATES * hidden),
            Part.offset("bias", GATES * hidden)));
  }

  private Part drawn(String name, int rows, int columns) {
    return new Part(name, Shape.of(rows, columns), Part.Start.DRAWN, 2 * shape.hidden());
  }

  @Override
  public <T extends TNumber> WindowOutput<T> window(
      Ops tf,
      List<Operand<T>> weights,
      WindowInput<T> input,
      @Nullable WindowNoise<T> noise,
      Precision precision) {
    int length = shape.length();
    List<Operand<T>> kernels = ManyInputs.spread(tf, weights.get(3), length);
    List<Operand<T>> biases = ManyInputs.spread(tf, weights.get(4), length);
    List<Output<T>> halves = tf.split(tf.constant(1), input.state(), 2L).output();
    List<Operand<T>> memories = new ArrayList<>();
    WindowOutput<T> output =
        new LanguageWindow<T>(tf, shape, regularisation, precision, noise)
            .run(
                new LanguageWindow.Around<>(
                    weights.get(0), weights.get(1), weights.get(2), GATES * shape.hidden()),
                (time, word, before, seen) -> {
                  Operand<T> products =
                      tf.math.add(word, Products.of(tf, seen, kernels.get(time), precision));
                  Operand<T> memory = time == 0 ? halves.get(1) : memories.get(time - 1);
                  return step(tf, tf.math.add(products, biases.get(time)), memory, memories);
                },
                new WindowInput<>(input.words(), halves.get(0), input.times()));
    Operand<T> memory = new Times(tf, length, input.times()).last(memories);
    return new WindowOutput<>(
        output.head(),
        tf.concat(List.of(output.state(), memory), tf.constant(1)),
        output.penalty());
  }

  private static <T extends TNumber> Operand<T> step(
      Ops tf, Operand<T> products, Operand<T> memory, List<Operand<T>> memories) {
    List<Output<T>> gates = tf.split(tf.constant(1), products, (long) GATES).output();
    Operand<T> open = tf.math.add(gates.get(1), Scalars.of(tf, 1, products.type()));
    Operand<T> kept = tf.math.mul(memory, tf.math.sigmoid(open));
    Operand<T> change = tf.math.mul(tf.math.sigmoid(gates.get(0)), tf.math.tanh(gates.get(2)));
    Operand<T> next = tf.math.add(kept, change);
    memories.add(next);
    return tf.math.mul(tf.math.tanh(next), tf.math.sigmoid(gates.get(3)));
  }
}
