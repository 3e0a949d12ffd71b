package io.tandem.export.signature;

import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/** What the signatures of a network answer with. */
sealed interface Answers permits ClassAnswers, NumberAnswers {
  /**
   * A signature of the Predict call.
   *
   * @param tf where it is added
   * @param key of the signature
   * @param inputs by their names
   * @param features raw, which the inputs become, {@code [batch, features]}
   */
  Signature predict(
      Ops tf, String key, Map<String, ? extends Operand<?>> inputs, Operand<TFloat32> features);

  /** Key of the signature that takes Examples: classify or regress; empty if there is none. */
  Optional<String> examplesKey();

  /**
   * That signature.
   *
   * @param tf where it is added
   * @param serialized {@code tf.Example}s, {@code [batch]}
   * @param features raw, which they become, {@code [batch, features]}
   */
  Signature examples(Ops tf, Operand<TString> serialized, Operand<TFloat32> features);
}
