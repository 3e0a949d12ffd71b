package io.tandem.export.signature;

import io.tandem.export.wire.Requests;
import io.tandem.outcome.Outcome;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TString;

/**
 * Answers of a network that predicts numbers, as they are in the table. Predict gives a double
 * {@code [batch]} for each of them under the name of its column: in 32 bits, numbers that are large
 * compared with their differences would all be the same. Regress gives {@code outputs} float {@code
 * [batch]}, where there is one number alone: the call knows no more.
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
      builder.output(
          outcome.names().get(output),
          value(tf.withName("target_" + output), tf, predicted, output));
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
        .output(
            OUTPUTS,
            tf.withName(OUTPUTS)
                .dtypes
                .cast(value(tf, tf, served.outputs(tf, features), 0), TFloat32.class))
        .build();
  }

  /** One number of every row; the last operation has a name of its own. */
  private Operand<TFloat64> value(Ops named, Ops tf, Operand<TFloat32> predicted, int output) {
    Operand<TFloat64> own =
        tf.dtypes.cast(tf.gather(predicted, tf.constant(output), tf.constant(1)), TFloat64.class);
    Operand<TFloat64> scaled = tf.math.mul(own, tf.constant(outcome.scale()[output]));
    Operand<TFloat64> mean = tf.constant(outcome.mean()[output]);
    return outcome.logarithm()
        ? named.math.exp(tf.math.add(scaled, mean))
        : named.math.add(scaled, mean);
  }
}
