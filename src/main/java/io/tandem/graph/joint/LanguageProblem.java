package io.tandem.graph.joint;

import io.tandem.graph.child.text.SharedRecurrent;
import io.tandem.graph.child.text.WindowNoise;
import io.tandem.graph.child.text.WindowOutput;
import io.tandem.graph.child.text.WordLoss;
import io.tandem.graph.core.Scalars;
import io.tandem.graph.inner.InnerProblem;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.input.PlacedWords;
import io.tandem.space.Hyperparameter;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The inner problem of one recurrent cell on the shared weights: its training loss on one window
 * after another, with the state carried from each to the next, and its validation loss on one
 * window from a state of zeros.
 *
 * <p>The derivative of a step by the weights stays within its window (truncated backpropagation
 * through time): the state comes from the weights before the earlier steps. The response goes on
 * through it, as the steps do.
 *
 * @param <T> type of reals
 * @param child the shared weights with the cell's branches
 * @param optimizer the cell's hyperparameters; the augmentation is the strength of all dropout
 * @param searched whether that strength is to be differentiated
 * @param training text of the training part
 * @param validation text of the validation part
 * @param windows what is read of them
 * @param length words of a window
 * @param seed int64 {@code [2]} of dropout
 */
record LanguageProblem<T extends TNumber>(
    SharedRecurrent<T> child,
    OptimizerTensors<T> optimizer,
    boolean searched,
    PlacedWords training,
    PlacedWords validation,
    Read<T> windows,
    int length,
    Operand<TInt64> seed)
    implements InnerProblem<T> {
  /**
   * What is read of the texts.
   *
   * @param starts where the windows of every step begin in the training part, int32 {@code [steps,
   *     batch]}
   * @param fresh 1 for every step whose windows are the first of their streams, so that the state
   *     begins with zeros, else 0; {@code [steps]}
   * @param state that the windows before the first step left, {@code [batch, hidden]}
   * @param judged where windows begin in the validation part, int32 {@code [validation batch]}
   */
  record Read<T extends TNumber>(
      Operand<TInt32> starts, Operand<T> fresh, Operand<T> state, Operand<TInt32> judged) {}

  @Override
  public List<Operand<T>> carriedAtStart(Ops tf) {
    return List.of(windows.state());
  }

  @Override
  public Operand<T> trainingLoss(Ops tf, List<Operand<T>> weights, Operand<TInt32> step) {
    return train(tf, weights, carriedAtStart(tf), step).loss();
  }

  @Override
  public Trained<T> train(
      Ops tf, List<Operand<T>> weights, List<Operand<T>> carried, Operand<TInt32> step) {
    Operand<TInt32> starts = tf.gather(windows.starts(), step, tf.constant(0));
    Operand<T> kept = Scalars.complement(tf, tf.gather(windows.fresh(), step, tf.constant(0)));
    WindowNoise<T> noise =
        new WindowNoise<>(
            tf.math.add(seed, stream(tf, step)),
            optimizer.find(Hyperparameter.AUGMENTATION),
            searched);
    WindowOutput<T> output =
        child.window(
            weights,
            training.words(tf, starts, length),
            tf.math.mul(carried.get(0), kept),
            noise);
    Operand<T> loss =
        WordLoss.mean(
            tf,
            output.logits(),
            training.targets(tf, starts, length),
            optimizer.find(Hyperparameter.LABEL_SMOOTHING));
    return new Trained<>(
        output.penalty().isPresent() ? tf.math.add(loss, output.penalty().get()) : loss,
        List.of(output.state()));
  }

  // (0, (step + 1) << 48): every step draws from a stream of its own.
  private static Operand<TInt64> stream(Ops tf, Operand<TInt32> step) {
    Operand<TInt64> unit = tf.constant(new long[] {0, 1L << 48});
    return tf.math.add(unit, tf.math.mul(unit, tf.dtypes.cast(step, TInt64.class)));
  }

  @Override
  public Operand<T> validationLoss(Ops tf, List<Operand<T>> weights) {
    Operand<TInt32> batch = tf.shape(windows.judged());
    Operand<TInt32> shape =
        tf.concat(
            List.of(batch, tf.constant(new int[] {child.shape().hidden()})), tf.constant(0));
    Operand<T> zeros = tf.fill(shape, Scalars.of(tf, 0, windows.state().type()));
    WindowOutput<T> output =
        child.window(
            weights, validation.words(tf, windows.judged(), length), zeros, null);
    return WordLoss.mean(
        tf, output.logits(), validation.targets(tf, windows.judged(), length), null);
  }
}
