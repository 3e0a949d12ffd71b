package io.tandem.export.signature;

import io.tandem.export.wire.Requests;
import io.tandem.outcome.Outcome;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * Answers of a network that predicts numbers, as they are in the table. Predict gives a float
 * {@code [batch]} for each of them under the name of its column. Regress gives {@code outputs}
 * float {@code [batch]}, where there is one number alone: the call knows no more.
 *
 * @param served the network
 * @param outcome the numbers
 */
record NumberAnswers(ServedNetwork served, Outcome.Numbers outcome) implements Answers {
  static final String OUTPUTS = "outputs";

  @Override
  public Signature predict(
      Ops tf, String key, Map<String, ? extends Operand<?>> inputs, Operand<TFloat32> features) {
    Signature.Builder builder = Signature.builder(key).methodName(ServingMethods.PREDICT);
    inputs.forEach(builder::input);
    Operand<TFloat32> predicted = served.outputs(tf, features);
    for (int output = 0; output < outcome.outputs(); output++) {
      builder.output(outcome.names().get(output), value(tf, predicted, output, "target_" + output));
    }
    return builder.build();
  }

  @Override
  public Optional<String> examplesKey() {
    return outcome.outputs() == 1 ? Optional.of(Requests.REGRESS) : Optional.empty();
  }

  @Override
  public Signature examples(Ops tf, Operand<TString> serialized, Operand<TFloat32> features) {
    return Signature.builder(Requests.REGRESS)
        .methodName(ServingMethods.REGRESS)
        .input(Requests.EXAMPLES, serialized)
        .output(OUTPUTS, value(tf, served.outputs(tf, features), 0, OUTPUTS))
        .build();
  }

  /** One number of every row, under a name. */
  private Operand<TFloat32> value(Ops tf, Operand<TFloat32> predicted, int output, String name) {
    Operand<TFloat32> own = tf.gather(predicted, tf.constant(output), tf.constant(1));
    Operand<TFloat32> scaled = tf.math.mul(own, tf.constant((float) outcome.scale()[output]));
    Operand<TFloat32> mean = tf.constant((float) outcome.mean()[output]);
    return outcome.logarithm()
        ? tf.withName(name).math.exp(tf.math.add(scaled, mean))
        : tf.withName(name).math.add(scaled, mean);
  }
}
