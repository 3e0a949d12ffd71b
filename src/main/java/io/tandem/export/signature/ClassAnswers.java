package io.tandem.export.signature;

import io.tandem.export.wire.Requests;
import io.tandem.outcome.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/**
 * Answers of a network that tells classes apart. Predict gives {@code probabilities} float {@code
 * [batch, c]} and {@code class} string {@code [batch]}, the most probable class or what a threshold
 * decides; Classify gives {@code classes} string and {@code scores} float, both {@code [batch, c]}.
 */
final class ClassAnswers implements Answers {
  static final String PROBABILITIES = "probabilities";
  static final String SCORES = "scores";

  private final ServedNetwork served;
  private final Operand<TString> labels;
  private final int classes;

  /**
   * Adds the names of the classes.
   *
   * @param tf where they are added
   * @param served the network
   * @param outcome its classes
   */
  ClassAnswers(Ops tf, ServedNetwork served, Outcome.Classes outcome) {
    this.served = served;
    classes = outcome.outputs();
    labels = tf.constant(NdArrays.vectorOfObjects(outcome.names().toArray(String[]::new)));
  }

  @Override
  public Signature predict(
      Ops tf, String key, Map<String, ? extends Operand<?>> inputs, Operand<TFloat32> features) {
    Operand<TFloat32> probabilities = probabilities(tf, features, PROBABILITIES);
    Operand<TString> best =
        tf.withName("class").gather(labels, answers(tf, probabilities), tf.constant(0));
    Signature.Builder builder = Signature.builder(key);
    inputs.forEach(builder::input);
    return builder
        .methodName(ServingMethods.PREDICT)
        .output(PROBABILITIES, probabilities)
        .output("class", best)
        .build();
  }

  /** Numbers of the classes that are named, {@code [batch]}. */
  private Operand<TInt32> answers(Ops tf, Operand<TFloat32> probabilities) {
    if (served.threshold().isEmpty()) {
      return tf.math.argMax(probabilities, tf.constant(1), TInt32.class);
    }
    Operand<TFloat32> second =
        tf.reshape(
            tf.slice(probabilities, tf.constant(new int[] {0, 1}), tf.constant(new int[] {-1, 1})),
            tf.constant(new int[] {-1}));
    return tf.dtypes.cast(
        tf.math.greater(second, tf.constant(served.threshold().get())), TInt32.class);
  }

  @Override
  public Optional<String> examplesKey() {
    return Optional.of(Requests.CLASSIFY);
  }

  @Override
  public Signature examples(Ops tf, Operand<TString> serialized, Operand<TFloat32> features) {
    Operand<TFloat32> scores = probabilities(tf, features, SCORES);
    return Signature.builder(Requests.CLASSIFY)
        .methodName(ServingMethods.CLASSIFY)
        .input(Requests.EXAMPLES, serialized)
        .output("classes", names(tf, scores))
        .output(SCORES, scores)
        .build();
  }

  private Operand<TFloat32> probabilities(Ops tf, Operand<TFloat32> features, String name) {
    return tf.withName(name).nn.softmax(served.outputs(tf, features));
  }

  /** The names of all classes once per row, {@code [batch, classes]}, in the order of scores. */
  private Operand<TString> names(Ops tf, Operand<TFloat32> scores) {
    Operand<TString> row = tf.reshape(labels, tf.constant(new int[] {1, classes}));
    Operand<TInt32> batch =
        tf.slice(tf.shape(scores), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    Operand<TInt32> multiples =
        tf.concat(List.of(batch, tf.constant(new int[] {1})), tf.constant(0));
    return tf.withName("classes")
        .ensureShape(tf.tile(row, multiples), Shape.of(Shape.UNKNOWN_SIZE, classes));
  }
}
