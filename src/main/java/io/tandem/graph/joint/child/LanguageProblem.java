package io.tandem.graph.joint.child;

import io.tandem.graph.child.text.SharedRecurrent;
import io.tandem.graph.child.text.WindowNoise;
import io.tandem.graph.child.text.WindowOutput;
import io.tandem.graph.child.text.WordHead;
import io.tandem.graph.child.text.WordLoss;
import io.tandem.graph.core.Scalars;
import io.tandem.graph.gradient.LazyBranches;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.input.PlacedWords;
import io.tandem.graph.objective.LossShape;
import io.tandem.space.Goal;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;
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
 * @param optimizer the cell's hyperparameters; the augmentation is the strength of the space's
 *     dropout
 * @param searched whether that strength or a dropout rate is to be differentiated
 * @param training text of the training part
 * @param validation text of the validation part
 * @param read what is read of them
 * @param length words of a window
 * @param seed int64 {@code [2]} of dropout
 */
record LanguageProblem<T extends TNumber>(
    SharedRecurrent<T> child,
    OptimizerTensors<T> optimizer,
    boolean searched,
    PlacedWords training,
    PlacedWords validation,
    Read<T> read,
    int length,
    Operand<TInt64> seed)
    implements JointProblem<T> {
  /**
   * What is read of the texts.
   *
   * @param starts where the windows of every step begin in the training part, or {@code -1 - start}
   *     where they begin with a state of zeros, int32 {@code [steps, batch]}
   * @param state that the windows before the first step left, {@code [streams, hidden]}; the first
   *     rows are those of the batch
   * @param judged where windows begin in the validation part, int32 {@code [validation batch]}
   */
  record Read<T extends TNumber>(
      Operand<TInt32> starts, Variable<T> state, Operand<TInt32> judged) {}

  @Override
  public List<Operand<T>> carriedAtStart(Ops tf) {
    Operand<TInt32> batch = tf.size(tf.gather(read.starts(), tf.constant(0), tf.constant(0)));
    return List.of(
        tf.slice(
            read.state(),
            tf.constant(new int[2]),
            tf.stack(List.of(batch, tf.constant(child.shape().hidden())))));
  }

  @Override
  public Operand<T> trainingLoss(Ops tf, List<Operand<T>> weights, Operand<TInt32> step) {
    return train(tf, weights, carriedAtStart(tf), step).loss();
  }

  @Override
  public Trained<T> train(
      Ops tf, List<Operand<T>> weights, List<Operand<T>> carried, Operand<TInt32> step) {
    Operand<TInt32> marked = tf.gather(read.starts(), step, tf.constant(0));
    Operand<TInt32> starts = tf.math.maximum(marked, tf.math.sub(tf.constant(-1), marked));
    Operand<T> kept =
        tf.expandDims(
            tf.dtypes.cast(tf.math.greaterEqual(marked, tf.constant(0)), carried.get(0).type()),
            tf.constant(1));
    WindowNoise<T> noise =
        WindowNoise.of(tf.math.add(seed, stream(tf, step)), searched, optimizer::find);
    WindowOutput<T> output =
        child.window(
            weights, training.words(tf, starts, length), tf.math.mul(carried.get(0), kept), noise);
    Operand<T> loss =
        WordLoss.mean(
            tf,
            output.head(),
            training.targets(tf, starts, length),
            LossShape.of(tf, optimizer::find));
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
  public double guessingLoss() {
    return Math.log(child.shape().vocabulary());
  }

  /** The first rows are replaced, the others stay. */
  @Override
  public List<Op> keep(Ops tf, List<Operand<T>> carried, Operand<TInt32> writes) {
    Operand<T> state = LazyBranches.enter(tf, writes, 2, 1, carried.get(0));
    Operand<TInt32> rows =
        tf.range(
            tf.constant(0),
            tf.size(tf.gather(read.starts(), tf.constant(0), tf.constant(0))),
            tf.constant(1));
    return List.of(tf.scatterUpdate(read.state(), rows, state));
  }

  /** Minus the reward, of which the controller learns: see {@link Goal#PERPLEXITY}. */
  @Override
  public Operand<T> validationLoss(Ops tf, List<Operand<T>> weights) {
    Operand<T> loss =
        WordLoss.mean(
            tf,
            judged(tf, weights),
            validation.targets(tf, read.judged(), length),
            LossShape.plain());
    return tf.math.mul(Scalars.of(tf, -Goal.REWARDED, loss.type()), tf.math.exp(tf.math.neg(loss)));
  }

  @Override
  public Operand<T> crossEntropy(Ops tf, Operand<T> validationLoss) {
    return tf.math.sub(
        Scalars.of(tf, Math.log(Goal.REWARDED), validationLoss.type()),
        tf.math.log(tf.math.neg(validationLoss)));
  }

  @Override
  public Operand<TFloat64> score(Ops tf, List<Operand<T>> weights) {
    Operand<TInt32> guessed =
        tf.math.argMax(judged(tf, weights).logits(), tf.constant(1), TInt32.class);
    Operand<TInt32> targets = validation.targets(tf, read.judged(), length);
    return tf.math.mean(
        tf.dtypes.cast(tf.math.equal(guessed, targets), TFloat64.class), tf.constant(0));
  }

  private WordHead<T> judged(Ops tf, List<Operand<T>> weights) {
    Operand<TInt32> batch = tf.shape(read.judged());
    Operand<TInt32> shape =
        tf.concat(List.of(batch, tf.constant(new int[] {child.shape().hidden()})), tf.constant(0));
    Operand<T> zeros = tf.fill(shape, Scalars.of(tf, 0, read.state().type()));
    return child.window(weights, validation.words(tf, read.judged(), length), zeros, null).head();
  }
}
