package io.tandem.export;

import io.tandem.graph.child.Network;
import io.tandem.graph.child.TrainedNetwork;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/**
 * The parts of a served graph that its signatures share.
 *
 * @param network the network
 * @param weights its weights
 * @param statistics what its normalisations use
 * @param mean of the raw features, {@code [features]}
 * @param scale of the raw features, {@code [features]}
 * @param labels names of the classes, {@code [classes]}
 */
record ServedNetwork(
    Network network,
    List<Operand<TFloat32>> weights,
    List<Operand<TFloat32>> statistics,
    Operand<TFloat32> mean,
    Operand<TFloat32> scale,
    Operand<TString> labels) {
  /** The parts of a trained network, whose weights become variables. */
  static ServedNetwork of(Ops tf, ServedVariables variables, TrainedNetwork model) {
    Shape columns = Shape.of(model.features());
    Operand<TFloat32> mean = variables.add("standardise/mean", columns, model.mean());
    Operand<TFloat32> scale = variables.add("standardise/scale", columns, model.scale());
    Network network = model.network();
    List<Operand<TFloat32>> weights =
        variables.add(network.names(), network.shapes(), model.weights());
    List<Operand<TFloat32>> statistics =
        variables.add(network.statisticNames(), network.statisticShapes(), model.statistics());
    Operand<TString> labels =
        tf.constant(NdArrays.vectorOfObjects(model.classes().toArray(String[]::new)));
    return new ServedNetwork(network, weights, statistics, mean, scale, labels);
  }

  /** Probabilities {@code [batch, classes]} of rows of raw features, under a name. */
  Operand<TFloat32> probabilities(Ops tf, Operand<TFloat32> raw, String name) {
    Operand<TFloat32> x = tf.math.div(tf.math.sub(raw, mean), scale);
    return tf.withName(name).nn.softmax(network.logits(tf, weights, statistics, x));
  }

  /** The most probable class of each row, {@code [batch]}, under the name {@code class}. */
  Operand<TString> best(Ops tf, Operand<TFloat32> probabilities) {
    return tf.withName("class")
        .gather(
            labels, tf.math.argMax(probabilities, tf.constant(1), TInt32.class), tf.constant(0));
  }

  /** The names of all classes once per row, {@code [batch, classes]}, in the order of scores. */
  Operand<TString> names(Ops tf, Operand<TFloat32> scores) {
    int classes = network.classes();
    Operand<TString> row = tf.reshape(labels, tf.constant(new int[] {1, classes}));
    Operand<TInt32> batch =
        tf.slice(tf.shape(scores), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    Operand<TInt32> multiples =
        tf.concat(List.of(batch, tf.constant(new int[] {1})), tf.constant(0));
    return tf.withName("classes")
        .ensureShape(tf.tile(row, multiples), Shape.of(Shape.UNKNOWN_SIZE, classes));
  }
}
