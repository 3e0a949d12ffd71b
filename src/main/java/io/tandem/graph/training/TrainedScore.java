package io.tandem.graph.training;

import io.tandem.data.Inputs;
import io.tandem.graph.child.Network;
import io.tandem.graph.child.TrainedNetwork;
import io.tandem.outcome.Outcome;
import io.tandem.outcome.Targets;
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
   * Score and loss.
   *
   * @param model the network
   * @param rows standardised rows
   * @param config threads, devices and memory of the session
   */
  public static Score of(TrainedNetwork model, Inputs rows, ConfigProto config) {
    return rows.rows() == 0 ? Score.none() : of(rows.targets(), outputs(model, rows, config));
  }

  /**
   * The same of outputs that are known.
   *
   * @param targets what is true, of one row at least
   * @param outputs row by row, as {@link #outputs} has them
   */
  public static Score of(Targets targets, float... outputs) {
    return targets instanceof Targets.Labels labels
        ? ofClasses(labels, outputs)
        : ofNumbers((Targets.Numbers) targets, outputs);
  }

  private static Score ofNumbers(Targets.Numbers targets, float... outputs) {
    Outcome.Numbers outcome = targets.outcome();
    double loss = 0;
    double[] squares = new double[outcome.outputs()];
    for (int index = 0; index < outputs.length; index++) {
      double error = (double) outputs[index] - targets.values()[index];
      loss += outcome.loss().of(error) / outputs.length;
      squares[index % squares.length] += error * error;
    }
    return new Score(targets.score(squares), loss);
  }

  private static Score ofClasses(Targets.Labels targets, float... logits) {
    int rows = targets.rows();
    int classes = targets.outcome().outputs();
    double loss = 0;
    long correct = 0;
    for (int row = 0; row < rows; row++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        best = logits[row * classes + c] > logits[row * classes + best] ? c : best;
      }
      double top = logits[row * classes + best];
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += Math.exp(logits[row * classes + c] - top);
      }
      int label = targets.values()[row];
      loss += Math.log(sum) + top - logits[row * classes + label];
      correct += best == label ? 1 : 0;
    }
    return new Score((double) correct / rows, loss / rows);
  }

  /**
   * Outputs of the network, row by row: logits, or standardised numbers.
   *
   * @param model the network
   * @param rows standardised rows
   * @param config threads, devices and memory of the session
   */
  public static float[] outputs(TrainedNetwork model, Inputs rows, ConfigProto config) {
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
      float[] all = new float[rows.rows() * network.outputs()];
      for (int start = 0; start < rows.rows(); start += chunk) {
        int end = Math.min(start + chunk, rows.rows());
        try (TFloat32 input =
                TFloat32.tensorOf(
                    Shape.of(end - start, rows.columns()),
                    DataBuffers.of(rows.features(start, end)));
            var result = session.runner().feed(x, input).fetch(logits).run()) {
          float[] part = Tensors.floats(result.get(0));
          System.arraycopy(part, 0, all, start * network.outputs(), part.length);
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
