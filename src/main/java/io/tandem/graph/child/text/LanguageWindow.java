package io.tandem.graph.child.text;

import io.tandem.graph.core.Constants;
import io.tandem.graph.core.ManyInputs;
import io.tandem.graph.core.Precision;
import io.tandem.graph.core.Products;
import io.tandem.graph.core.Scalars;
import io.tandem.space.Hyperparameter;
import io.tandem.space.LanguageRegularisation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * What a language model has around its cell: the embedding of the words of a window, the time steps
 * one after another, and the last layer, whose weights are those of the embedding (Inan et al.
 * 2017), with the dropout and the penalties of Merity et al. 2018.
 *
 * @param <T> type of reals
 */
final class LanguageWindow<T extends TNumber> {
  private final Ops tf;
  private final LanguageShape shape;
  private final LanguageRegularisation regularisation;
  private final Precision precision;
  private final @Nullable WindowNoise<T> noise;

  /**
   * Creates it; nothing is added yet.
   *
   * @param tf where it is added
   * @param shape sizes
   * @param regularisation dropout rates and weights of penalties
   * @param precision number format of the products
   * @param noise what disturbs the training; null as the model predicts
   */
  LanguageWindow(
      Ops tf,
      LanguageShape shape,
      LanguageRegularisation regularisation,
      Precision precision,
      @Nullable WindowNoise<T> noise) {
    this.tf = tf;
    this.shape = shape;
    this.regularisation = regularisation;
    this.precision = precision;
    this.noise = noise;
  }

  /**
   * Weights around the cell.
   *
   * @param embedding {@code [vocabulary, hidden]}
   * @param bias of the last layer, {@code [vocabulary]}
   * @param input what the cell makes of a word, {@code [hidden, width]}
   * @param width of that, twice the hidden size for gate and activation of node 0
   */
  record Around<T extends TNumber>(
      Operand<T> embedding, Operand<T> bias, Operand<T> input, int width) {}

  /**
   * Adds the model.
   *
   * @param around weights around the cell
   * @param cell the cell
   * @param input words, the output of the cell before the first of them, {@code [batch, hidden]},
   *     and how many of them count
   */
  WindowOutput<T> run(Around<T> around, Cell<T> cell, WindowInput<T> input) {
    Operand<T> state = input.state();
    Class<T> type = state.type();
    Masks<T> masks = new Masks<>(tf, type, noise);
    Operand<TInt32> rows = tf.shape(state);
    List<Operand<T>> inputs = inputs(around, masks, input.words(), rows);
    Operand<T> stateMask = masks.of(Hyperparameter.STATE_DROPOUT, regularisation.state(), rows);
    List<Operand<T>> stateMasks =
        stateMask == null
            ? Collections.nCopies(shape.length(), null)
            : ManyInputs.spread(tf, stateMask, shape.length());
    List<Operand<T>> outputs = new ArrayList<>();
    Operand<T> now = state;
    for (int time = 0; time < shape.length(); time++) {
      Operand<T> mask = stateMasks.get(time);
      Operand<T> seen = mask == null ? now : tf.math.mul(now, mask);
      now = cell.step(time, inputs.get(time), now, seen);
      outputs.add(now);
    }
    Times times = new Times(tf, shape.length(), input.times());
    Operand<T> all = times.first(ManyInputs.concat(tf, outputs, 0));
    Operand<T> masked =
        overTime(
            times, all, masks.of(Hyperparameter.OUTPUT_DROPOUT, regularisation.output(), rows));
    WordHead<T> head = new WordHead<>(tf, masked, around.embedding(), around.bias(), precision);
    return new WindowOutput<>(head, times.last(outputs), penalty(times, all, masked));
  }

  /** What every word contributes to the cell, by time step. */
  private List<Operand<T>> inputs(
      Around<T> around, Masks<T> masks, Operand<TInt32> words, Operand<TInt32> rows) {
    Operand<TInt32> inTime =
        tf.reshape(
            tf.linalg.transpose(words, tf.constant(new int[] {1, 0})), tf.constant(new int[] {-1}));
    Operand<T> embedded = tf.gather(around.embedding(), inTime, tf.constant(0));
    Operand<T> known =
        masks.of(
            Hyperparameter.EMBEDDING_DROPOUT,
            regularisation.embedding(),
            tf.constant(new int[] {shape.vocabulary(), 1}));
    if (known != null) {
      embedded = tf.math.mul(embedded, tf.gather(known, inTime, tf.constant(0)));
    }
    embedded =
        overTime(
            new Times(tf, shape.length(), null),
            embedded,
            masks.of(Hyperparameter.INPUT_DROPOUT, regularisation.input(), rows));
    Operand<T> products = Products.of(tf, embedded, around.input(), precision);
    // Few pieces at a time, of a length that is known when the graph runs.
    Operand<T> flat = tf.reshape(products, tf.constant(new int[] {-1}));
    Operand<TInt32> unit = tf.math.div(tf.size(flat), tf.constant(shape.length()));
    List<Operand<T>> pieces =
        ManyInputs.split(
            tf,
            new Constants(tf),
            flat,
            shape.length(),
            groups ->
                tf.math.mul(tf.constant(groups.stream().mapToInt(List::size).toArray()), unit));
    Operand<TInt32> matrix = tf.constant(new int[] {-1, around.width()});
    return pieces.stream().<Operand<T>>map(piece -> tf.reshape(piece, matrix)).toList();
  }

  /** The same mask at every time step. */
  private Operand<T> overTime(Times times, Operand<T> rows, @Nullable Operand<T> mask) {
    if (mask == null) {
      return rows;
    }
    Operand<T> steps = tf.reshape(rows, times.steps(shape.hidden()));
    return tf.reshape(tf.math.mul(steps, mask), tf.constant(new int[] {-1, shape.hidden()}));
  }

  /** Merity et al. 2018, section 4.6, there weighted means of squares too. */
  private Optional<Operand<T>> penalty(Times times, Operand<T> outputs, Operand<T> masked) {
    if (noise == null) {
      return Optional.empty();
    }
    Class<T> type = outputs.type();
    List<Operand<T>> terms = new ArrayList<>();
    Operand<T> activation =
        noise.sum(
            tf, Hyperparameter.ACTIVATION_WEIGHT, constant(regularisation.activation(), type));
    if (activation != null) {
      terms.add(weighted(times, activation, masked));
    }
    Operand<T> slowness =
        noise.sum(tf, Hyperparameter.SLOWNESS_WEIGHT, constant(regularisation.slowness(), type));
    if (slowness != null && shape.length() > 1) {
      Operand<T> steps = tf.reshape(outputs, times.steps(shape.hidden()));
      Operand<TInt32> size = times.allButOne();
      Operand<T> later = tf.slice(steps, tf.constant(new int[] {1, 0, 0}), size);
      Operand<T> earlier = tf.slice(steps, tf.constant(new int[3]), size);
      Operand<T> change =
          tf.reshape(tf.math.sub(later, earlier), tf.constant(new int[] {-1, shape.hidden()}));
      terms.add(weighted(times, slowness, change));
    }
    return terms.isEmpty() ? Optional.empty() : Optional.of(ManyInputs.sum(tf, terms));
  }

  private @Nullable Operand<T> constant(double weight, Class<T> type) {
    return weight == 0 ? null : Scalars.of(tf, weight, type);
  }

  private Operand<T> weighted(Times times, Operand<T> weight, Operand<T> values) {
    return tf.math.mul(times.mean(tf.math.square(values)), weight);
  }
}
