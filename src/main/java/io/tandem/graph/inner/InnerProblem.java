package io.tandem.graph.inner;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * What an inner loop trains and an outer loop judges: two losses as functions of the same weights.
 *
 * @param <T> float32 or float64
 */
public interface InnerProblem<T extends TNumber> {
  /**
   * The loss that a training step descends.
   *
   * @param tf where it is added
   * @param weights weights before the step, in the order of the start
   * @param step scalar, 0 for the first step; selects the batch. An unrolled loop passes constants,
   *     a loop outside the graph a tensor that it feeds
   * @return scalar
   */
  Operand<T> trainingLoss(Ops tf, List<Operand<T>> weights, Operand<TInt32> step);

  /**
   * What the first training step finds beside the weights; empty for most problems.
   *
   * @param tf where it is added
   */
  default List<Operand<T>> carriedAtStart(Ops tf) {
    return List.of();
  }

  /**
   * A training step's loss and what it leaves for the next step beside the weights: of a problem
   * that carries something {@link #trainingLoss} is that of the start.
   *
   * @param tf where it is added
   * @param weights weights before the step, in the order of the start
   * @param carried what the step before left, or {@link #carriedAtStart}
   * @param step as for {@link #trainingLoss}
   */
  default Trained<T> train(
      Ops tf, List<Operand<T>> weights, List<Operand<T>> carried, Operand<TInt32> step) {
    return new Trained<>(trainingLoss(tf, weights, step), carried);
  }

  /**
   * What a training step looks at and leaves.
   *
   * @param <T> float32 or float64
   * @param loss scalar
   * @param carried for the next step
   */
  record Trained<T extends TNumber>(Operand<T> loss, List<Operand<T>> carried) {
    /** Copies the list. */
    public Trained {
      carried = List.copyOf(carried);
    }
  }

  /**
   * The loss that judges weights.
   *
   * @param tf where it is added
   * @param weights weights, in the order of the start
   * @return scalar
   */
  Operand<T> validationLoss(Ops tf, List<Operand<T>> weights);
}
