package io.tandem.export;

import io.tandem.export.wire.Requests;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/** Signatures of networks that tell classes apart. */
final class ClassSignatures {
  static final String DEFAULT = Signature.DEFAULT_KEY;
  static final String CLASSIFY = Requests.CLASSIFY;
  static final String INPUTS = "inputs";
  static final String PROBABILITIES = "probabilities";
  static final String SCORES = "scores";

  private ClassSignatures() {}

  /** A signature of the Predict call. */
  static Signature predict(
      String key,
      String name,
      Operand<?> input,
      Operand<TFloat32> probabilities,
      Operand<TString> best) {
    return predict(key, Map.of(name, input), probabilities, best);
  }

  /** The same with several inputs, by their names. */
  static Signature predict(
      String key,
      Map<String, ? extends Operand<?>> inputs,
      Operand<TFloat32> probabilities,
      Operand<TString> best) {
    Signature.Builder builder = Signature.builder(key);
    inputs.forEach(builder::input);
    return builder
        .methodName(ServingMethods.PREDICT)
        .output(PROBABILITIES, probabilities)
        .output("class", best)
        .build();
  }

  /** The signature of the Classify call. */
  static Signature classify(
      Operand<TString> inputs, Operand<TString> names, Operand<TFloat32> scores) {
    return Signature.builder(CLASSIFY)
        .methodName(ServingMethods.CLASSIFY)
        .input(INPUTS, inputs)
        .output("classes", names)
        .output(SCORES, scores)
        .build();
  }
}
