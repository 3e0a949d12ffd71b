package io.tandem.graph.joint.child;

import io.tandem.graph.core.Scalars;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * What a loop must keep to, so that what it leaves can be used.
 *
 * @param <T> type of reals
 * @param tf where operations are added
 * @param type type of reals
 * @param guessingLoss loss of predicting the same whatever is seen, more than 0
 */
public record LoopGuard<T extends TNumber>(Ops tf, Class<T> type, double guessingLoss) {
  /** Largest share of its norm by which a loop on shared weights may move them. */
  private static final double TRUST = 0.5;

  /** Whether all of the tensors are finite: their sum of squares may overflow, which counts too. */
  public Operand<TBool> finite(List<Operand<T>> tensors) {
    return tf.math.isFinite(halfSquares(tensors));
  }

  /** Whether the loss ends no higher than it began, or at least no worse than twice guessing. */
  public Operand<TBool> calm(Operand<T> before, Operand<T> after) {
    Operand<T> guessing = Scalars.of(tf, 2 * guessingLoss, type);
    return tf.math.lessEqual(after, tf.math.maximum(before, guessing));
  }

  /**
   * Whether the loss ends no higher than it began, or at least no more than a quarter of guessing
   * above it. What the other architectures have learned must not be lost to one; a step or two on a
   * rough batch is no loss.
   */
  Operand<TBool> level(Operand<T> before, Operand<T> after) {
    Operand<T> quarter = Scalars.of(tf, guessingLoss / 4, type);
    return tf.math.lessEqual(after, tf.math.add(before, quarter));
  }

  /**
   * Whether a loop stays near where it began. One that does not may help its own architecture, but
   * destroys what the others that share the weights have learned.
   */
  public Operand<TBool> near(List<Operand<T>> before, List<Operand<T>> after) {
    List<Operand<T>> moves = new ArrayList<>();
    for (int index = 0; index < before.size(); index++) {
      moves.add(tf.math.sub(after.get(index), before.get(index)));
    }
    return within(before, moves);
  }

  /** Whether moves are short beside the weights that they move: as {@link #near} wants them. */
  public Operand<TBool> within(List<Operand<T>> weights, List<Operand<T>> moves) {
    Operand<T> allowed = tf.math.mul(halfSquares(weights), Scalars.of(tf, TRUST * TRUST, type));
    return tf.math.lessEqual(halfSquares(moves), allowed);
  }

  private Operand<T> halfSquares(List<Operand<T>> tensors) {
    List<Operand<T>> halves = new ArrayList<>();
    tensors.forEach(tensor -> halves.add(tf.nn.l2Loss(tensor)));
    return tf.math.addN(halves);
  }
}
