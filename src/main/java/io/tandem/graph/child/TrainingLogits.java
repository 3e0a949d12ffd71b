package io.tandem.graph.child;

import io.tandem.graph.core.Scalars;
import io.tandem.graph.objective.BatchTargets;
import io.tandem.graph.objective.LossShape;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * What a network in training says about a batch.
 *
 * @param <T> type of reals
 * @param output {@code [batch, outputs]}
 * @param auxiliary what a head amid the network says, which only trains; empty without one
 */
public record TrainingLogits<T extends TNumber>(
    Operand<T> output, Optional<Auxiliary<T>> auxiliary) {
  /** Of a network with one head. */
  public TrainingLogits(Operand<T> output) {
    this(output, Optional.empty());
  }

  /**
   * Of a network with two heads.
   *
   * @param output {@code [batch, outputs]}
   * @param auxiliary {@code [batch, outputs]}
   * @param weight of the loss of the auxiliary head
   */
  public static <T extends TNumber> TrainingLogits<T> of(
      Operand<T> output, Operand<T> auxiliary, double weight) {
    return new TrainingLogits<>(output, Optional.of(new Auxiliary<>(auxiliary, weight)));
  }

  /**
   * What an auxiliary head says (Szegedy et al. 2015, section 5).
   *
   * @param logits {@code [batch, outputs]}
   * @param weight of its loss beside that of the output
   */
  public record Auxiliary<T extends TNumber>(Operand<T> logits, double weight) {}

  /**
   * The loss that trains all heads.
   *
   * @param tf where it is added
   * @param targets what the outputs should be
   * @param shape smoothing and weights of examples
   * @return scalar; of classes in nats
   */
  public Operand<T> loss(Ops tf, BatchTargets<T> targets, LossShape<T> shape) {
    Operand<T> main = targets.loss(tf, output, shape);
    if (auxiliary.isEmpty()) {
      return main;
    }
    Auxiliary<T> head = auxiliary.get();
    Operand<T> own = targets.loss(tf, head.logits(), shape);
    return tf.math.add(main, tf.math.mul(Scalars.of(tf, head.weight(), output.type()), own));
  }
}
