package io.tandem.export;

import io.tandem.graph.child.TrainedNetwork;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
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
 * float {@code [batch, n]} and gives {@code probabilities} float {@code [batch, c]} and {@code
 * class} string {@code [batch]}; {@code classify} takes {@code inputs}, serialized {@code
 * tf.Example} strings {@code [batch]}, and gives {@code classes} string and {@code scores} float,
 * both {@code [batch, c]}. An Example has one float value per feature, under the feature's name, if
 * all features have different names; otherwise one list of n floats under {@code features}.
 *
 * @param served what the signatures share
 * @param model the network with the names of its features
 */
record RowSignatures(ServedNetwork served, TrainedNetwork model) {
  static final String FEATURES = "features";

  /** Adds them. */
  List<Signature> of(Ops tf) {
    Placeholder<TFloat32> features =
        tf.withName(FEATURES)
            .placeholder(
                TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, model.features())));
    // A placeholder takes any shape, and a column too few would be stretched to all of them.
    Operand<TFloat32> whole =
        tf.ensureShape(features, Shape.of(Shape.UNKNOWN_SIZE, model.features()));
    Operand<TFloat32> probabilities =
        served.probabilities(tf, whole, ClassSignatures.PROBABILITIES);
    Operand<TString> best = served.best(tf, probabilities);

    Ops examples = tf.withSubScope(ClassSignatures.CLASSIFY);
    Placeholder<TString> inputs =
        examples
            .withName(ClassSignatures.INPUTS)
            .placeholder(TString.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    Operand<TFloat32> scores =
        served.probabilities(examples, parse(examples, inputs), ClassSignatures.SCORES);
    return List.of(
        ClassSignatures.predict(ClassSignatures.DEFAULT, FEATURES, features, probabilities, best),
        ClassSignatures.classify(inputs, served.names(examples, scores), scores));
  }

  /** The keys under which an Example holds its floats; one key means one list. */
  static List<String> exampleKeys(TrainedNetwork model) {
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
