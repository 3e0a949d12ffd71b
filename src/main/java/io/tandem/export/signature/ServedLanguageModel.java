package io.tandem.export.signature;

import io.tandem.data.text.Vocabulary;
import io.tandem.graph.child.text.LanguageNetwork;
import io.tandem.graph.child.text.WindowOutput;
import io.tandem.graph.child.text.WordLoss;
import io.tandem.graph.core.Precision;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * A language model in a served graph, over any number of words.
 *
 * @param network cell and sizes
 * @param weights in the order of its parts, no variables: a loop cannot read them
 */
public record ServedLanguageModel(LanguageNetwork network, List<Operand<TFloat32>> weights) {
  /** Words that are read in one step of the loop over a text. */
  public static final int WINDOW = 32;

  /** What follows some words: logits {@code [batch, vocabulary]}, state {@code [batch, width]}. */
  public record Next(Operand<TFloat32> logits, Operand<TFloat32> state) {}

  /**
   * Adds what follows words.
   *
   * @param tf where it is added
   * @param words {@code [batch, time]}, time at least 1
   * @param state before the first word, {@code [batch, width]}
   */
  public Next next(Ops tf, Operand<TInt32> words, Operand<TFloat32> state) {
    Operand<TInt32> last = tf.math.sub(length(tf, words), tf.constant(1));
    LanguageNetwork one = network.over(1);
    List<Output<?>> looped =
        WhileLoop.of(
            tf,
            last,
            List.of(state),
            staying(List.of(words)),
            (inner, time, values) -> {
              Operand<TInt32> word = columns(inner, integers(values.get(1)), time, 1);
              return List.of(
                  window(inner, one, values.subList(2, values.size()), word, floats(values.get(0)))
                      .state());
            });
    Operand<TFloat32> before = shaped(tf, floats(looped.get(0)));
    WindowOutput<TFloat32> output =
        one.window(tf, weights, columns(tf, words, last, 1), before, null, Precision.FLOAT32);
    return new Next(output.logits(), output.state());
  }

  /**
   * Adds the cross-entropy of whole texts, each read from a state of zeros and with {@code <eos>}
   * before its first word.
   *
   * @param tf where it is added
   * @param words {@code [batch, time]}, time a multiple of {@link #WINDOW}, {@link
   *     Tokeniser#NOTHING} behind the end of each text
   * @return {@code [batch]}, in nats, summed over the words of a text
   */
  public Operand<TFloat64> loss(Ops tf, Operand<TInt32> words) {
    Operand<TInt32> batch = batch(tf, words);
    Operand<TInt32> first =
        tf.fill(
            tf.concat(List.of(batch, tf.constant(new int[] {1})), tf.constant(0)),
            tf.constant(Vocabulary.END));
    Operand<TInt32> seen =
        tf.slice(
            tf.concat(List.of(first, words), tf.constant(1)),
            tf.constant(new int[2]),
            tf.shape(words));
    Operand<TInt32> width = tf.constant(new int[] {network.stateWidth()});
    Operand<TFloat32> state =
        tf.fill(tf.concat(List.of(batch, width), tf.constant(0)), tf.constant(0f));
    Operand<TInt32> windows = tf.math.floorDiv(length(tf, words), tf.constant(WINDOW));
    LanguageNetwork several = network.over(WINDOW);
    List<Output<?>> looped =
        WhileLoop.of(
            tf,
            windows,
            List.of(tf.fill(batch, tf.constant(0.0)), shaped(tf, state)),
            staying(List.of(seen, words)),
            (inner, time, values) -> {
              Operand<TInt32> begin = inner.math.mul(time, inner.constant(WINDOW));
              Operand<TInt32> input = columns(inner, integers(values.get(2)), begin, WINDOW);
              Operand<TInt32> targets = columns(inner, integers(values.get(3)), begin, WINDOW);
              WindowOutput<TFloat32> output =
                  window(
                      inner,
                      several,
                      values.subList(4, values.size()),
                      word(inner, input),
                      floats(values.get(1)));
              Operand<TFloat64> sum = values.get(0).asOutput().expect(TFloat64.class);
              return List.of(
                  inner.math.add(sum, sum(inner, output.logits(), targets)), output.state());
            });
    return looped.get(0).expect(TFloat64.class);
  }

  /**
   * Cross-entropy of a window, {@code [batch]}; what is behind the end of a text does not count.
   */
  private static Operand<TFloat64> sum(Ops tf, Operand<TFloat32> logits, Operand<TInt32> targets) {
    Operand<TInt32> inTime =
        tf.reshape(
            tf.linalg.transpose(targets, tf.constant(new int[] {1, 0})),
            tf.constant(new int[] {-1}));
    Operand<TFloat32> each = WordLoss.each(tf, logits, word(tf, inTime));
    // Not a product: what is computed behind the end may be no number.
    Operand<TFloat32> counted =
        tf.select(tf.math.greaterEqual(inTime, tf.constant(0)), each, tf.constant(0f));
    return tf.reduceSum(
        tf.dtypes.cast(tf.reshape(counted, tf.constant(new int[] {WINDOW, -1})), TFloat64.class),
        tf.constant(0));
  }

  /** Some word also where a text has ended. */
  private static Operand<TInt32> word(Ops tf, Operand<TInt32> words) {
    return tf.math.maximum(words, tf.constant(0));
  }

  private static WindowOutput<TFloat32> window(
      Ops tf,
      LanguageNetwork network,
      List<Operand<?>> weights,
      Operand<TInt32> words,
      Operand<TFloat32> state) {
    List<Operand<TFloat32>> typed = new ArrayList<>();
    weights.forEach(weight -> typed.add(floats(weight)));
    return network.window(tf, typed, words, state, null, Precision.FLOAT32);
  }

  /** What no step changes: matrices of words, and the weights. */
  private List<Operand<?>> staying(List<Operand<TInt32>> words) {
    List<Operand<?>> staying = new ArrayList<>(words);
    staying.addAll(weights);
    return staying;
  }

  private Operand<TFloat32> shaped(Ops tf, Operand<TFloat32> state) {
    return tf.ensureShape(state, Shape.of(Shape.UNKNOWN_SIZE, network.stateWidth()));
  }

  /** Some columns of a matrix, {@code [batch, count]}. */
  private static Operand<TInt32> columns(
      Ops tf, Operand<TInt32> matrix, Operand<TInt32> begin, int count) {
    return tf.slice(
        matrix, tf.stack(List.of(tf.constant(0), begin)), tf.constant(new int[] {-1, count}));
  }

  /** {@code [1]}. */
  private static Operand<TInt32> batch(Ops tf, Operand<TInt32> words) {
    return tf.slice(tf.shape(words), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
  }

  /** Scalar. */
  private static Operand<TInt32> length(Ops tf, Operand<TInt32> words) {
    return tf.gather(tf.shape(words), tf.constant(1), tf.constant(0));
  }

  private static Operand<TFloat32> floats(Operand<?> operand) {
    return operand.asOutput().expect(TFloat32.class);
  }

  private static Operand<TInt32> integers(Operand<?> operand) {
    return operand.asOutput().expect(TInt32.class);
  }
}
