package io.tandem.export.signature;

import io.tandem.export.wire.Requests;
import io.tandem.graph.child.TrainedNetwork;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.io.ParseExample;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * The signatures of a network of rows. {@code serving_default} (predict) takes {@code features}
 * float {@code [batch, n]}; {@code classify} or {@code regress} takes {@code inputs}, serialized
 * {@code tf.Example} strings {@code [batch]}. An Example has one float value per feature, under the
 * feature's name, if all features have different names; otherwise one list of n floats under {@code
 * features}. The outputs are those of {@link ClassAnswers} or {@link NumberAnswers}.
 *
 * @param served what the signatures share
 * @param model the network with the names of its features
 */
public record RowSignatures(ServedNetwork served, TrainedNetwork model) {
  static final String FEATURES = "features";

  /** Adds them. */
  public List<Signature> of(Ops tf) {
    Placeholder<TFloat32> features =
        tf.withName(FEATURES)
            .placeholder(
                TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, model.features())));
    // A placeholder takes any shape, and a column too few would be stretched to all of them.
    Operand<TFloat32> whole =
        tf.ensureShape(features, Shape.of(Shape.UNKNOWN_SIZE, model.features()));
    Answers answers = served.answers(tf);
    List<Signature> signatures = new ArrayList<>();
    signatures.add(answers.predict(tf, Signature.DEFAULT_KEY, Map.of(FEATURES, features), whole));
    answers.examplesKey().ifPresent(key -> signatures.add(examples(tf.withSubScope(key), answers)));
    return List.copyOf(signatures);
  }

  private Signature examples(Ops tf, Answers answers) {
    Placeholder<TString> inputs =
        tf.withName(Requests.EXAMPLES)
            .placeholder(TString.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    return answers.examples(tf, inputs, parse(tf, inputs));
  }

  /** The keys under which an Example holds its floats; one key means one list. */
  public static List<String> exampleKeys(TrainedNetwork model) {
    List<String> names = model.featureNames();
    return names.isEmpty() || new HashSet<>(names).size() < names.size()
        ? List.of(FEATURES)
        : names;
  }

  private Operand<TFloat32> parse(Ops tf, Operand<TString> inputs) {
    List<String> keys = exampleKeys(model);
    boolean list = keys.size() == 1 && keys.get(0).equals(FEATURES);
    Shape each = list ? Shape.of(model.features()) : Shape.scalar();
    Operand<TString> none = tf.constant(NdArrays.ofObjects(String.class, Shape.of(0)));
    // An empty default makes a key obligatory.
    Operand<TFloat32> obligatory = tf.constant(new float[0]);
    ParseExample parsed =
        tf.io.parseExample(
            inputs,
            none,
            none,
            tf.constant(NdArrays.vectorOfObjects(keys.toArray(String[]::new))),
            none,
            Collections.nCopies(keys.size(), obligatory),
            0L,
            List.of(),
            List.of(),
            List.of(),
            Collections.nCopies(keys.size(), each));
    List<Operand<TFloat32>> columns = new ArrayList<>();
    parsed.denseValues().forEach(value -> columns.add(value.expect(TFloat32.class)));
    return list ? columns.get(0) : tf.stack(columns, Stack.axis(1L));
  }
}
