package io.tandem.graph.objective;

import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The targets of some rows in a graph, with what the outputs of a network are worth against them.
 *
 * @param <T> type of reals
 */
public sealed interface BatchTargets<T extends TNumber> permits BatchLabels, BatchNumbers {
  /** Number of outputs of a network. */
  int outputs();

  /**
   * The targets of some of the rows.
   *
   * @param tf where it is added
   * @param rows their numbers {@code [batch]}
   */
  BatchTargets<T> gather(Ops tf, Operand<TInt32> rows);

  /**
   * The loss of every row.
   *
   * @param tf where it is added
   * @param output of a network, {@code [batch, outputs]}
   * @param smoothing of labels, scalar in [0, 1); null for none, as it is for numbers
   * @return {@code [batch]}, not negative
   */
  Operand<T> losses(Ops tf, Operand<T> output, @Nullable Operand<T> smoothing);

  /**
   * The mean loss.
   *
   * @param tf where it is added
   * @param output of a network, {@code [batch, outputs]}
   * @param shape smoothing of labels and weights of rows
   * @return scalar; of classes in nats
   */
  Operand<T> loss(Ops tf, Operand<T> output, LossShape<T> shape);

  /**
   * The mean losses by which networks are ranked: of classes at all {@link Temperatures}, of
   * numbers the loss alone.
   *
   * @param tf where they are added
   * @param output of a network, {@code [batch, outputs]}
   * @return a vector, for {@link Temperatures#plain} and {@link Temperatures#best}
   */
  Operand<TFloat64> judged(Ops tf, Operand<T> output);

  /**
   * What {@link io.tandem.outcome.Targets#score} takes: of classes how many rows are right, of
   * numbers the sums of the squared errors.
   *
   * @param tf where it is added
   * @param output of a network, {@code [batch, outputs]}
   * @return {@code [1]} or {@code [outputs]}
   */
  Operand<TFloat64> tally(Ops tf, Operand<T> output);

  /**
   * How well a network does: of classes the share that is right, of numbers 1 minus the mean
   * squared error, whose unit is the variance of the training part.
   *
   * @param tf where it is added
   * @param output of a network, {@code [batch, outputs]}
   * @return scalar
   */
  Operand<TFloat64> score(Ops tf, Operand<T> output);
}
