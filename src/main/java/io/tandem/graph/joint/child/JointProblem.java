package io.tandem.graph.joint.child;

import io.tandem.graph.child.SharedWeights;
import io.tandem.graph.inner.InnerProblem;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The inner problem of one candidate on the shared weights.
 *
 * @param <T> type of reals
 */
public interface JointProblem<T extends TNumber> extends InnerProblem<T> {
  /** The shared weights. */
  SharedWeights<T> child();

  /** Loss of predicting the same whatever is seen, more than 0. */
  double guessingLoss();

  /**
   * How well the weights do on what the validation loss is measured on, 1 at best, scalar: the
   * share that they get right, or of numbers the share of the variance that they explain.
   *
   * @param tf where it is added
   * @param weights weights, in the order of the start
   */
  Operand<TFloat64> score(Ops tf, List<Operand<T>> weights);

  /**
   * The mean cross-entropy of what is validated.
   *
   * @param tf where it is added
   * @param validationLoss a {@link #validationLoss}, which may be minus a reward instead
   */
  default Operand<T> crossEntropy(Ops tf, Operand<T> validationLoss) {
    return validationLoss;
  }

  /**
   * Adds what keeps what steps of the shared weights carried, for the steps after them.
   *
   * @param tf where it is added
   * @param carried by the last step
   * @param writes 1 to keep it, 0 for nothing to be run
   */
  default List<Op> keep(Ops tf, List<Operand<T>> carried, Operand<TInt32> writes) {
    return List.of();
  }
}
