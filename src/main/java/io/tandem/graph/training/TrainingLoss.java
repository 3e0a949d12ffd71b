package io.tandem.graph.training;

import io.tandem.graph.child.Loss;
import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.core.Precision;
import io.tandem.graph.core.Scalars;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The loss that a step of a training from scratch descends, with the dropout of the network.
 *
 * @param network the network
 * @param noise standard deviation of the Gaussian noise on standardised features; 0 is none
 * @param precision number format of the products
 */
public record TrainingLoss(PerceptronNetwork network, double noise, Precision precision) {
  private static final long NOISE_STREAM = 1L << 32;

  /**
   * The rows of a step.
   *
   * @param <T> float32 or float64
   * @param features standardised, {@code [batch, features]}
   * @param labels {@code [batch]}
   * @param seeds {@code [2]}; decides dropout masks and noise
   */
  public record Batch<T extends TNumber>(
      Operand<T> features, Operand<TInt32> labels, Operand<TInt64> seeds) {}

  /**
   * Adds the loss.
   *
   * @param tf where it is added
   * @param weights in the order of the network
   * @param batch the rows
   * @param smoothing label smoothing, scalar; null for none
   * @return scalar, in nats
   */
  public <T extends TNumber> Operand<T> of(
      Ops tf, List<Operand<T>> weights, Batch<T> batch, @Nullable Operand<T> smoothing) {
    Operand<T> input = batch.features();
    if (noise > 0) {
      Operand<TInt64> stream =
          tf.math.add(batch.seeds(), tf.constant(new long[] {0, NOISE_STREAM}));
      Operand<T> draw = tf.random.statelessRandomNormal(tf.shape(input), stream, input.type());
      input = tf.math.add(input, tf.math.mul(Scalars.of(tf, noise, input.type()), draw));
    }
    Operand<T> logits = network.trainingLogits(tf, weights, input, batch.seeds(), precision);
    return Loss.crossEntropy(tf, logits, batch.labels(), network.classes(), smoothing);
  }
}
