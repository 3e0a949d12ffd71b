package io.tandem.graph.training;

import io.tandem.data.Inputs;
import io.tandem.graph.child.Network;
import io.tandem.graph.child.TrainedNetwork;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** Scores a trained network in a graph of its own. */
public final class TrainedScore {
  private TrainedScore() {}

  /**
   * Accuracy and loss.
   *
   * @param model the network
   * @param rows standardised rows
   * @param config threads, devices and memory of the session
   */
  public static Score of(TrainedNetwork model, Inputs rows, ConfigProto config) {
    float[] logits = logits(model, rows, config);
    int classes = model.classes().size();
    double loss = 0;
    long correct = 0;
    for (int row = 0; row < rows.rows(); row++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        best = logits[row * classes + c] > logits[row * classes + best] ? c : best;
      }
      double top = logits[row * classes + best];
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += Math.exp(logits[row * classes + c] - top);
      }
      int label = rows.labels()[row];
      loss += Math.log(sum) + top - logits[row * classes + label];
      correct += best == label ? 1 : 0;
    }
    return rows.rows() == 0
        ? Score.none()
        : new Score((double) correct / rows.rows(), loss / rows.rows());
  }

  /**
   * Logits, row by row.
   *
   * @param model the network
   * @param rows standardised rows
   * @param config threads, devices and memory of the session
   */
  public static float[] logits(TrainedNetwork model, Inputs rows, ConfigProto config) {
    try (Graph graph = new Graph();
        Session session = new Session(graph, config)) {
      Ops tf = Ops.create(graph);
      Network network = model.network();
      List<Operand<TFloat32>> weights = constants(tf, network.shapes(), model.weights());
      List<Operand<TFloat32>> statistics =
          constants(tf, network.statisticShapes(), model.statistics());
      var x = tf.placeholder(TFloat32.class);
      Operand<TFloat32> logits = network.logits(tf, weights, statistics, x);
      // Rows of features are a single product: they are not cut.
      boolean images = network.imageShape().isPresent();
      int chunk = images ? Chunks.rows(network) : Math.max(1, rows.rows());
      float[] all = new float[rows.rows() * network.classes()];
      for (int start = 0; start < rows.rows(); start += chunk) {
        int end = Math.min(start + chunk, rows.rows());
        try (TFloat32 input =
                TFloat32.tensorOf(
                    Shape.of(end - start, rows.columns()),
                    DataBuffers.of(rows.features(start, end)));
            var result = session.runner().feed(x, input).fetch(logits).run()) {
          float[] part = Tensors.floats(result.get(0));
          System.arraycopy(part, 0, all, start * network.classes(), part.length);
        }
      }
      return all;
    }
  }

  private static List<Operand<TFloat32>> constants(
      Ops tf, List<Shape> shapes, List<float[]> values) {
    List<Operand<TFloat32>> constants = new ArrayList<>();
    for (int index = 0; index < shapes.size(); index++) {
      constants.add(tf.constant(shapes.get(index), DataBuffers.of(values.get(index))));
    }
    return constants;
  }
}
