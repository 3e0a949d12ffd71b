package io.tandem.export;

import io.tandem.graph.child.Network;
import io.tandem.graph.child.TrainedNetwork;
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
 * names; otherwise one list of n floats under {@code features}. A network that sees images has the
 * signatures of {@link ImageSignatures}.
 */
final class ServingGraph {
  static final String DEFAULT = Signature.DEFAULT_KEY;
  static final String CLASSIFY = "classify";
  static final String FEATURES = "features";
  static final String PROBABILITIES = "probabilities";

  private final List<Op> assignments = new ArrayList<>();
  private final List<Signature> signatures;
  private final List<Feed> feeds = new ArrayList<>();

  private record Feed(Placeholder<TFloat32> placeholder, Shape shape, float[] values) {}

  private ServingGraph(Ops tf, TrainedNetwork model) {
    int columns = model.features();
    Operand<TFloat32> mean = variable(tf, "standardise/mean", Shape.of(columns), model.mean());
    Operand<TFloat32> scale = variable(tf, "standardise/scale", Shape.of(columns), model.scale());
    Network network = model.network();
    List<Operand<TFloat32>> weights =
        variables(tf, network.names(), network.shapes(), model.weights());
    List<Operand<TFloat32>> statistics =
        variables(tf, network.statisticNames(), network.statisticShapes(), model.statistics());
    Operand<TString> labels =
        tf.constant(NdArrays.vectorOfObjects(model.classes().toArray(String[]::new)));
    ServedNetwork served = new ServedNetwork(network, weights, statistics, mean, scale, labels);
    signatures =
        network
            .imageShape()
            .map(image -> new ImageSignatures(served, image, model.white()).of(tf))
            .orElseGet(() -> rows(tf, served, model));
  }

  private static List<Signature> rows(Ops tf, ServedNetwork served, TrainedNetwork model) {
    Placeholder<TFloat32> features =
        tf.withName(FEATURES)
            .placeholder(
                TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, model.features())));
    Operand<TFloat32> probabilities = served.probabilities(tf, features, PROBABILITIES);
    Operand<TString> best = served.best(tf, probabilities);

    Ops examples = tf.withSubScope(CLASSIFY);
    Placeholder<TString> inputs =
        examples
            .withName("inputs")
            .placeholder(TString.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    Operand<TFloat32> parsed = parse(examples, inputs, model);
    Operand<TFloat32> scores = served.probabilities(examples, parsed, "scores");
    return List.of(
        predict(DEFAULT, FEATURES, features, probabilities, best),
        classify(inputs, served.names(examples, scores), scores));
  }

  /** A signature of the Predict call. */
  static Signature predict(
      String key,
      String name,
      Operand<?> input,
      Operand<TFloat32> probabilities,
      Operand<TString> best) {
    return Signature.builder(key)
        .methodName("tensorflow/serving/predict")
        .input(name, input)
        .output(PROBABILITIES, probabilities)
        .output("class", best)
        .build();
  }

  /** The signature of the Classify call. */
  static Signature classify(
      Operand<TString> inputs, Operand<TString> names, Operand<TFloat32> scores) {
    return Signature.builder(CLASSIFY)
        .methodName("tensorflow/serving/classify")
        .input("inputs", inputs)
        .output("classes", names)
        .output("scores", scores)
        .build();
  }

  /** Adds the network to an empty graph. */
  static ServingGraph build(Graph graph, TrainedNetwork model) {
    return new ServingGraph(Ops.create(graph), model);
  }

  /** The keys under which an Example holds its floats; one key means one list. */
  static List<String> exampleKeys(TrainedNetwork model) {
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

  private List<Operand<TFloat32>> variables(
      Ops tf, List<String> names, List<Shape> shapes, List<float[]> values) {
    List<Operand<TFloat32>> variables = new ArrayList<>();
    for (int index = 0; index < shapes.size(); index++) {
      variables.add(variable(tf, names.get(index), shapes.get(index), values.get(index)));
    }
    return variables;
  }

  private static Operand<TFloat32> parse(Ops tf, Operand<TString> inputs, TrainedNetwork model) {
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
