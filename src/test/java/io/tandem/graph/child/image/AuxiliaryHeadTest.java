package io.tandem.graph.child.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.child.TrainingLogits;
import io.tandem.graph.child.TrainingNoise;
import io.tandem.graph.core.Precision;
import io.tandem.graph.gradient.Gradients;
import io.tandem.graph.objective.BatchLabels;
import io.tandem.graph.objective.LossShape;
import io.tandem.space.CellRegularisation;
import io.tandem.space.MicroArchitecture;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import io.tandem.testing.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/**
 * The head amid a network against plain loops, and that it trains what it should: in the published
 * sources its own weights are never trained.
 */
class AuxiliaryHeadTest {
  private static final int BATCH = NetworkReference.BATCH;
  private static final int CLASSES = 3;
  private static final ImageShape IMAGE = new ImageShape(8, 8, 1);

  @ParameterizedTest
  @CsvSource({"8, 8, 2", "5, 9, 3", "3, 2, 2", "11, 8, 1"})
  void apply_outputOfACell_agreesWithDefinition(int height, int width, int channels) {
    AuxiliaryHead head =
        new AuxiliaryHead(new CellShape.Given(channels, new Resolution(height, width)), CLASSES);
    List<Shape> shapes = head.parts().shapes();
    List<double[]> weights = NetworkReference.values(shapes, 2);
    double[] pixels = Derivatives.numbers(BATCH * height * width * channels, 1);
    ReferenceImage image = new ReferenceImage(BATCH, height, width, channels, pixels);
    Iterator<double[]> used = weights.iterator();
    double[] expected = reference(image, used);
    assertThat(used.hasNext()).isFalse();
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> x =
          Tensors.tensor(tf, pixels, Shape.of(BATCH, height, width, channels), TFloat64.class);
      Operand<TFloat64> logits =
          head.apply(
              new ImageLayers<>(tf, new BatchStatistics<>(), Precision.FLOAT32),
              NetworkReference.tensors(tf, weights, shapes, TFloat64.class).iterator(),
              x);
      double[] actual = Doubles.fetch(session.runner(), List.of(logits)).get(0);
      assertThat(actual).containsExactly(expected, within(1e-9));
    }
  }

  private static double[] reference(ReferenceImage image, Iterator<double[]> weights) {
    ReferenceImage.Norm norm = new ReferenceImage.Norm(List.of(), false);
    ReferenceImage pooled = windows(image.rectify());
    ReferenceImage narrow =
        norm.apply(pooled.convolve(weights.next(), 1, 128, 1), weights).rectify();
    double[] kernel = weights.next();
    ReferenceImage wide =
        norm.apply(narrow.convolve(kernel, narrow.height(), narrow.width(), 768, 1), weights)
            .rectify();
    return wide.head(CLASSES, weights.next(), weights.next());
  }

  /** Means of the windows of 5 x 5 pixels, or of the image if it is smaller, three pixels apart. */
  private static ReferenceImage windows(ReferenceImage image) {
    int high = Math.min(5, image.height());
    int wide = Math.min(5, image.width());
    int rows = (image.height() - high) / 3 + 1;
    int columns = (image.width() - wide) / 3 + 1;
    List<Double> means = new ArrayList<>();
    for (int n = 0; n < image.batch(); n++) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          for (int c = 0; c < image.channels(); c++) {
            double sum = 0;
            for (int a = 0; a < high; a++) {
              for (int b = 0; b < wide; b++) {
                sum += image.get(n, 3 * i + a, 3 * j + b, c);
              }
            }
            means.add(sum / (high * wide));
          }
        }
      }
    }
    double[] values = means.stream().mapToDouble(Double::doubleValue).toArray();
    return new ReferenceImage(image.batch(), rows, columns, image.channels(), values);
  }

  /** 6 cells, reduction cells 1 and 3: the head is on cell 4. */
  private static MicroNetwork network(double weight) {
    return new MicroNetwork(
        MicroArchitecture.parse("0 0 1 1  2 0 1 2  0 0 1 1  2 0 1 2"),
        4,
        2,
        new CellRegularisation(0, 0, weight),
        IMAGE,
        CLASSES);
  }

  @Test
  void trained_networkWithTheHead_isTheOneWithoutAndItsWeightsComeFirst() {
    MicroNetwork with = network(0.4);
    MicroNetwork without = network(0);
    assertThat(with.trained()).isEqualTo(without);
    assertThat(without.trained()).isEqualTo(without);
    int count = without.names().size();
    assertThat(with.names().subList(0, count)).isEqualTo(without.names());
    assertThat(with.names().subList(count, with.names().size()))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("auxiliary/"));
    int statistics = without.statisticNames().size();
    assertThat(with.statisticNames().subList(0, statistics)).isEqualTo(without.statisticNames());
    assertThat(with.statisticNames()).hasSize(statistics + 4);
  }

  @Test
  void loss_headsTogether_isTheWeightedSumAndTrainsWhatTheHeadIsOn() {
    MicroNetwork network = network(0.4);
    List<double[]> weights = NetworkReference.values(network.shapes(), 2);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat64>> given =
          NetworkReference.tensors(tf, weights, network.shapes(), TFloat64.class);
      Operand<TFloat64> rows =
          Tensors.tensor(
              tf,
              Derivatives.numbers(BATCH * IMAGE.size(), 1),
              Shape.of(BATCH, IMAGE.size()),
              TFloat64.class);
      var labels = tf.constant(new int[] {0, 1, 2, 1});
      TrainingLogits<TFloat64> said =
          network
              .trainingPass(
                  tf,
                  given,
                  rows,
                  new TrainingNoise<>(tf.constant(new long[] {1, 2}), tf.constant(0.0)),
                  Precision.FLOAT32)
              .logits();
      Operand<TFloat64> auxiliary =
          new TrainingLogits<>(said.auxiliary().orElseThrow().logits())
              .loss(tf, new BatchLabels<>(labels, CLASSES), LossShape.plain());
      Operand<TFloat64> main =
          new TrainingLogits<>(said.output())
              .loss(tf, new BatchLabels<>(labels, CLASSES), LossShape.plain());
      List<double[]> losses =
          Doubles.fetch(
              session.runner(),
              List.of(
                  said.loss(tf, new BatchLabels<>(labels, CLASSES), LossShape.plain()),
                  main,
                  auxiliary));
      assertThat(losses.get(0)[0])
          .isCloseTo(losses.get(1)[0] + 0.4 * losses.get(2)[0], within(1e-12));

      List<double[]> gradient = Doubles.fetch(session.runner(), Gradients.of(tf, auxiliary, given));
      for (int index = 0; index < gradient.size(); index++) {
        String name = network.names().get(index);
        boolean behind = name.startsWith("cell5/") || name.startsWith("output/");
        boolean moves = Arrays.stream(gradient.get(index)).anyMatch(value -> value != 0);
        assertThat(moves).as(name).isEqualTo(!behind);
      }
    }
  }
}
