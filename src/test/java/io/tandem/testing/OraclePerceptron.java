package io.tandem.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.tandem.graph.inner.InnerProblem;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The network of {@code unrolled_mlp.json}: one hidden tanh layer, trained on consecutive batches
 * of its training rows.
 *
 * @param <T> float32 or float64
 * @param training rows to train on
 * @param validation rows that judge
 * @param batch rows per step
 */
public record OraclePerceptron<T extends TNumber>(Part<T> training, Part<T> validation, int batch)
    implements InnerProblem<T> {
  /** Names of the weights in the file, in order. */
  public static final List<String> NAMES = List.of("w1", "b1", "w2", "b2");

  /** Rows with their labels. */
  record Part<T extends TNumber>(Operand<T> features, Operand<TInt32> labels, int rows) {}

  /** The network of a file, its rows as constants of the graph. */
  public static <T extends TNumber> OraclePerceptron<T> of(Ops tf, JsonNode file, Class<T> type) {
    return new OraclePerceptron<>(
        part(tf, file, "train", type),
        part(tf, file, "validation", type),
        file.get("batch").asInt());
  }

  /** Shape of a matrix or vector of the file. */
  public static Shape shape(JsonNode values) {
    return values.get(0).isArray()
        ? Shape.of(values.size(), values.get(0).size())
        : Shape.of(values.size());
  }

  @Override
  public Operand<T> trainingLoss(Ops tf, List<Operand<T>> weights, Operand<TInt32> step) {
    Operand<TInt32> batches = tf.constant(training.rows() / batch);
    Operand<TInt32> from = tf.math.mul(tf.math.floorMod(step, batches), tf.constant(batch));
    Operand<TInt32> rows =
        tf.math.add(tf.range(tf.constant(0), tf.constant(batch), tf.constant(1)), from);
    return loss(
        tf,
        weights,
        tf.gather(training.features(), rows, tf.constant(0)),
        tf.gather(training.labels(), rows, tf.constant(0)));
  }

  @Override
  public Operand<T> validationLoss(Ops tf, List<Operand<T>> weights) {
    return loss(tf, weights, validation.features(), validation.labels());
  }

  private static <T extends TNumber> Operand<T> loss(
      Ops tf, List<Operand<T>> weights, Operand<T> input, Operand<TInt32> labels) {
    Operand<T> hidden =
        tf.math.tanh(tf.nn.biasAdd(tf.linalg.matMul(input, weights.get(0)), weights.get(1)));
    Operand<T> logits = tf.nn.biasAdd(tf.linalg.matMul(hidden, weights.get(2)), weights.get(3));
    return tf.math.mean(
        tf.nn.sparseSoftmaxCrossEntropyWithLogits(logits, labels).loss(), tf.constant(0));
  }

  private static <T extends TNumber> Part<T> part(
      Ops tf, JsonNode file, String name, Class<T> type) {
    JsonNode x = file.get(name + "_x");
    int[] labels = new int[x.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = file.get(name + "_y").get(row).asInt();
    }
    Operand<T> features =
        tf.dtypes.cast(tf.constant(shape(x), DataBuffers.of(Oracles.flat(x))), type);
    return new Part<>(features, tf.constant(labels), labels.length);
  }
}
