package io.tandem.export;

import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.child.TrainedPerceptron;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.io.ParseExample;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/**
 * A graph that holds one trained network and nothing else, as it is served: raw features in,
 * standardisation inside, no dropout, each row independent of the others.
 *
 * <p>Two signatures: {@code serving_default} (predict) takes {@code features} float {@code [batch,
 * n]} and gives {@code probabilities} float {@code [batch, c]} and {@code class} string {@code
 * [batch]}; {@code classify} takes {@code inputs}, serialized {@code tf.Example} strings {@code
 * [batch]}, and gives {@code classes} string and {@code scores} float, both {@code [batch, c]}. An
 * Example has one float value per feature, under the feature's name, if all features have different
 * names; otherwise one list of n floats under {@code features}.
 */
final class ServingGraph {
  static final String DEFAULT = Signature.DEFAULT_KEY;
  static final String CLASSIFY = "classify";
  static final String FEATURES = "features";

  private final List<Op> assignments = new ArrayList<>();
  private final List<Signature> signatures;
  private final List<Feed> feeds = new ArrayList<>();

  private record Feed(Placeholder<TFloat32> placeholder, Shape shape, float[] values) {}

  private ServingGraph(Ops tf, TrainedPerceptron model) {
    int columns = model.features();
    int classes = model.classes().size();
    Operand<TFloat32> mean = variable(tf, "standardise/mean", Shape.of(columns), model.mean());
    Operand<TFloat32> scale = variable(tf, "standardise/scale", Shape.of(columns), model.scale());
    PerceptronNetwork network = model.network();
    List<Operand<TFloat32>> weights = new ArrayList<>();
    for (int index = 0; index < network.shapes().size(); index++) {
      weights.add(
          variable(
              tf,
              network.names().get(index),
              network.shapes().get(index),
              model.weights().get(index)));
    }
    Operand<TString> labels =
        tf.constant(NdArrays.vectorOfObjects(model.classes().toArray(String[]::new)));

    Placeholder<TFloat32> features =
        tf.withName(FEATURES)
            .placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, columns)));
    Operand<TFloat32> probabilities =
        tf.withName("probabilities")
            .nn
            .softmax(network.logits(tf, weights, standardise(tf, features, mean, scale)));
    Operand<TString> best =
        tf.withName("class")
            .gather(
                labels,
                tf.math.argMax(probabilities, tf.constant(1), TInt32.class),
                tf.constant(0));

    Ops examples = tf.withSubScope(CLASSIFY);
    Placeholder<TString> inputs =
        examples
            .withName("inputs")
            .placeholder(TString.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    Operand<TFloat32> parsed = parse(examples, inputs, model);
    Operand<TFloat32> scores =
        examples
            .withName("scores")
            .nn
            .softmax(network.logits(examples, weights, standardise(examples, parsed, mean, scale)));
    Operand<TString> row = examples.reshape(labels, examples.constant(new int[] {1, classes}));
    Operand<TInt32> batch =
        examples.slice(
            examples.shape(scores),
            examples.constant(new int[] {0}),
            examples.constant(new int[] {1}));
    Operand<TInt32> multiples =
        examples.concat(List.of(batch, examples.constant(new int[] {1})), examples.constant(0));
    Operand<TString> names =
        examples
            .withName("classes")
            .ensureShape(examples.tile(row, multiples), Shape.of(Shape.UNKNOWN_SIZE, classes));

    signatures =
        List.of(
            Signature.builder(DEFAULT)
                .methodName("tensorflow/serving/predict")
                .input(FEATURES, features)
                .output("probabilities", probabilities)
                .output("class", best)
                .build(),
            Signature.builder(CLASSIFY)
                .methodName("tensorflow/serving/classify")
                .input("inputs", inputs)
                .output("classes", names)
                .output("scores", scores)
                .build());
  }

  /** Adds the network to an empty graph. */
  static ServingGraph build(Graph graph, TrainedPerceptron model) {
    return new ServingGraph(Ops.create(graph), model);
  }

  /** The keys under which an Example holds its floats; one key means one list. */
  static List<String> exampleKeys(TrainedPerceptron model) {
    List<String> names = model.featureNames();
    return names.isEmpty() || new HashSet<>(names).size() < names.size()
        ? List.of(FEATURES)
        : names;
  }

  /** Gives the variables their values. */
  void load(Session session) {
    List<Tensor> open = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      for (Feed feed : feeds) {
        Tensor tensor = TFloat32.tensorOf(feed.shape(), DataBuffers.of(feed.values()));
        open.add(tensor);
        runner.feed(feed.placeholder(), tensor);
      }
      assignments.forEach(runner::addTarget);
      runner.run().close();
    } finally {
      open.forEach(Tensor::close);
    }
  }

  /** The signatures to export. */
  List<Signature> signatures() {
    return signatures;
  }

  private Operand<TFloat32> variable(Ops tf, String name, Shape shape, float[] values) {
    Variable<TFloat32> variable =
        tf.withName(name.replace('/', '_')).variable(shape, TFloat32.class);
    Placeholder<TFloat32> value =
        tf.withName(name.replace('/', '_') + "_value")
            .placeholder(TFloat32.class, Placeholder.shape(shape));
    assignments.add(tf.assign(variable, value));
    feeds.add(new Feed(value, shape, values));
    return variable;
  }

  private static Operand<TFloat32> standardise(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> mean, Operand<TFloat32> scale) {
    return tf.math.div(tf.math.sub(x, mean), scale);
  }

  private static Operand<TFloat32> parse(Ops tf, Operand<TString> inputs, TrainedPerceptron model) {
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
    return list ? columns.get(0) : tf.stack(columns, org.tensorflow.op.core.Stack.axis(1L));
  }
}
