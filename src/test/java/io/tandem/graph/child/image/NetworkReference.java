package io.tandem.graph.child.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.child.Network.TrainingPass;
import io.tandem.graph.child.TrainingNoise;
import io.tandem.graph.core.Precision;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import io.tandem.testing.Tensors;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Compares a network, as it trains and as it predicts, with plain loops. */
final class NetworkReference {
  static final int BATCH = 4;

  private NetworkReference() {}

  /** The network in plain loops. */
  interface Definition {
    double[] logits(ReferenceImage images, Iterator<double[]> weights, ReferenceImage.Norm norm);
  }

  static <T extends TNumber> void compare(
      Class<T> type, ImageNetwork network, Definition definition, double tolerance) {
    List<double[]> weights = values(network.shapes(), 2);
    List<double[]> statistics = values(network.statisticShapes(), 40);
    for (int index = 1; index < statistics.size(); index += 2) {
      double[] variance = statistics.get(index);
      for (int channel = 0; channel < variance.length; channel++) {
        variance[channel] = 1 + 0.5 * variance[channel];
      }
    }
    ImageShape size = network.image();
    ReferenceImage image =
        new ReferenceImage(
            BATCH,
            size.height(),
            size.width(),
            size.channels(),
            Derivatives.numbers(BATCH * size.size(), 1));
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<T> rows = Tensors.tensor(tf, image.values(), Shape.of(BATCH, size.size()), type);
      List<Operand<T>> given = tensors(tf, weights, network.shapes(), type);
      TrainingPass<T> training =
          network.trainingPass(
              tf,
              given,
              rows,
              new TrainingNoise<>(
                  tf.constant(new long[] {1, 2}),
                  Tensors.tensor(tf, new double[] {1}, Shape.scalar(), type)),
              Precision.FLOAT32);
      List<Operand<T>> fetches = new ArrayList<>(training.statistics());
      fetches.add(training.logits().output());
      fetches.add(
          network.logits(
              tf, given, tensors(tf, statistics, network.statisticShapes(), type), rows));
      List<double[]> actual = Doubles.fetch(session.runner(), fetches);

      ReferenceImage.Norm batch = new ReferenceImage.Norm(List.of(), false);
      Iterator<double[]> used = weights.iterator();
      double[] logits = definition.logits(image, used, batch);
      assertThat(used.hasNext()).isFalse();
      List<double[]> expected = new ArrayList<>(batch.seen);
      expected.add(logits);
      expected.add(
          definition.logits(image, weights.iterator(), new ReferenceImage.Norm(statistics, true)));
      near(actual, expected, tolerance);
    }
  }

  private static void near(List<double[]> actual, List<double[]> expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int index = 0; index < expected.size(); index++) {
      assertThat(actual.get(index)).hasSameSizeAs(expected.get(index));
      for (int place = 0; place < expected.get(index).length; place++) {
        double value = expected.get(index)[place];
        assertThat(actual.get(index)[place])
            .as("tensor %d, place %d", index, place)
            .isCloseTo(value, within(tolerance * (1 + Math.abs(value))));
      }
    }
  }

  static List<double[]> values(List<Shape> shapes, int stream) {
    List<double[]> values = new ArrayList<>();
    for (Shape shape : shapes) {
      values.add(Derivatives.numbers((int) shape.size(), stream + values.size()));
    }
    return values;
  }

  static <T extends TNumber> List<Operand<T>> tensors(
      Ops tf, List<double[]> values, List<Shape> shapes, Class<T> type) {
    List<Operand<T>> tensors = new ArrayList<>();
    for (int index = 0; index < values.size(); index++) {
      tensors.add(Tensors.tensor(tf, values.get(index), shapes.get(index), type));
    }
    return tensors;
  }
}
