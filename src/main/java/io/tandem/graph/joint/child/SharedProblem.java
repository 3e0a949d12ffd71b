package io.tandem.graph.joint.child;

import io.tandem.graph.child.SharedChild;
import io.tandem.graph.child.TrainingNoise;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.input.PlacedExamples;
import io.tandem.graph.objective.BatchTargets;
import io.tandem.graph.objective.LossShape;
import io.tandem.outcome.ClassWeights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The inner problem of one candidate on the shared network: its training loss on batch {@code k}
 * with dropout, augmentation and label smoothing, and its validation loss without any of them.
 *
 * @param <T> type of reals
 */
public final class SharedProblem<T extends TNumber> implements JointProblem<T> {
  private final SharedChild<T> child;
  private final OptimizerTensors<T> optimizer;
  private final Disturbance<T> disturbance;
  private final PlacedExamples<T> training;
  private final PlacedExamples<T> validation;
  private final Operand<TInt32> trainingRows;
  private final Operand<TInt32> validationRows;
  private final TrainingNoise<T> noise;
  private final ClassWeights classes;
  private final Map<List<Output<T>>, Operand<T>> judged = new HashMap<>();

  /**
   * Takes what it is made of.
   *
   * @param child the shared network with the candidate's branches
   * @param optimizer the candidate's hyperparameters
   * @param disturbance how training examples are changed
   * @param training examples of the training part
   * @param validation examples of the validation part
   * @param trainingRows int32 {@code [steps, batch]}
   * @param validationRows int32 {@code [batch]}
   * @param noise seed of dropout and augmentation, and how far the training is
   * @param classes how much training rows of every class count
   */
  public SharedProblem(
      SharedChild<T> child,
      OptimizerTensors<T> optimizer,
      Disturbance<T> disturbance,
      PlacedExamples<T> training,
      PlacedExamples<T> validation,
      Operand<TInt32> trainingRows,
      Operand<TInt32> validationRows,
      TrainingNoise<T> noise,
      ClassWeights classes) {
    this.child = child;
    this.optimizer = optimizer;
    this.disturbance = disturbance;
    this.training = training;
    this.validation = validation;
    this.trainingRows = trainingRows;
    this.validationRows = validationRows;
    this.noise = noise;
    this.classes = classes;
  }

  @Override
  public SharedChild<T> child() {
    return child;
  }

  @Override
  public Operand<T> trainingLoss(Ops tf, List<Operand<T>> weights, Operand<TInt32> step) {
    Operand<TInt32> rows = tf.gather(trainingRows, step, tf.constant(0));
    Operand<TInt64> own = tf.math.add(noise.seed(), stream(tf, step));
    Operand<T> input = disturbance.apply(tf, training.features(tf, rows), own);
    return child
        .trainingLogits(weights, input, new TrainingNoise<>(own, noise.progress()))
        .loss(
            tf,
            training.targets(tf, rows),
            LossShape.of(tf, optimizer::find, input.type(), classes));
  }

  @Override
  public Operand<T> validationLoss(Ops tf, List<Operand<T>> weights) {
    return validationTargets(tf).loss(tf, validationLogits(tf, weights), LossShape.plain());
  }

  // (0, (step + 1) << 48): every step draws from a stream of its own.
  private static Operand<TInt64> stream(Ops tf, Operand<TInt32> step) {
    Operand<TInt64> unit = tf.constant(new long[] {0, 1L << 48});
    return tf.math.add(unit, tf.math.mul(unit, tf.dtypes.cast(step, TInt64.class)));
  }

  /** Logits of the validation rows: one pass however often the same weights are judged. */
  Operand<T> validationLogits(Ops tf, List<Operand<T>> weights) {
    return judged.computeIfAbsent(
        weights.stream().map(Operand::asOutput).toList(),
        key -> child.logits(weights, validation.features(tf, validationRows)));
  }

  /** Targets of the same rows. */
  BatchTargets<T> validationTargets(Ops tf) {
    return validation.targets(tf, validationRows);
  }

  @Override
  public double guessingLoss() {
    return training.inputs().targets().guessingLoss();
  }

  /** Of the validation rows. */
  @Override
  public Operand<TFloat64> score(Ops tf, List<Operand<T>> weights) {
    return validationTargets(tf).score(tf, validationLogits(tf, weights));
  }
}
