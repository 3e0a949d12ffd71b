package io.tandem.graph.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

class TemperaturesTest {
  private static final int ROWS = 200;
  private static final int CLASSES = 5;

  /** The sharper the logits, the higher the temperature that suits them. */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1, 4, 30})
  void losses_ofRandomLogits_agreeWithPlainJavaAtEveryTemperature(double sharpness) {
    double[][] logits = logits(sharpness);
    int[] labels = labels();
    double[] losses = losses(logits, labels);
    assertThat(losses).hasSize(25);
    for (int place = 0; place < losses.length; place++) {
      assertThat(losses[place])
          .isCloseTo(loss(logits, labels, Temperatures.at(place)), withinPercentage(1e-9));
    }
    assertThat(Temperatures.at(0)).isCloseTo(1 / 16.0, within(1e-15));
    assertThat(Temperatures.at(24)).isCloseTo(16, within(1e-13));
    assertThat(Temperatures.plain(losses)).isEqualTo(losses[12]);
    assertThat(Temperatures.best(losses))
        .isCloseTo(fineMinimum(logits, labels), within(2e-4))
        .isLessThanOrEqualTo(Temperatures.plain(losses));
  }

  @Test
  void best_doesNotDependOnHowSureTheNetworkIsOfItself() {
    int[] labels = labels();
    double once = Temperatures.best(losses(logits(1), labels));
    double thrice = Temperatures.best(losses(logits(3), labels));
    assertThat(thrice).isCloseTo(once, within(2e-4));
  }

  @Test
  void best_ofDivergedNetwork_isNoNumber() {
    double[] losses = IntStream.range(0, 25).mapToDouble(place -> Double.NaN).toArray();
    assertThat(Temperatures.best(losses)).isNaN();
  }

  private static double[] losses(double[][] logits, int... labels) {
    double[] flat = new double[ROWS * CLASSES];
    for (int row = 0; row < ROWS; row++) {
      System.arraycopy(logits[row], 0, flat, row * CLASSES, CLASSES);
    }
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> values = tf.constant(Shape.of(ROWS, CLASSES), DataBuffers.of(flat));
      Operand<TInt32> classes = tf.constant(labels);
      Operand<TFloat64> losses =
          Temperatures.losses(
              tf,
              values,
              scaled -> Loss.crossEntropy(tf, scaled, classes, CLASSES, LossShape.plain()));
      try (TFloat64 result = (TFloat64) session.runner().fetch(losses).run().get(0)) {
        return StdArrays.array1dCopyOf(result);
      }
    }
  }

  private static double fineMinimum(double[][] logits, int... labels) {
    double lowest = Double.POSITIVE_INFINITY;
    for (double exponent = -4; exponent <= 4; exponent += 0.005) {
      lowest = Math.min(lowest, loss(logits, labels, Math.pow(2, exponent)));
    }
    return lowest;
  }

  private static double loss(double[][] logits, int[] labels, double temperature) {
    double sum = 0;
    for (int row = 0; row < labels.length; row++) {
      double own = logits[row][labels[row]];
      double most = Arrays.stream(logits[row]).max().orElseThrow();
      double total = 0;
      for (double logit : logits[row]) {
        total += Math.exp((logit - most) / temperature);
      }
      sum += Math.log(total) + (most - own) / temperature;
    }
    return sum / labels.length;
  }

  /** Logits that tell something about the labels. */
  private static double[][] logits(double sharpness) {
    SplittableRandom random = new SplittableRandom(7);
    int[] labels = labels();
    double[][] logits = new double[ROWS][CLASSES];
    for (int row = 0; row < ROWS; row++) {
      for (int each = 0; each < CLASSES; each++) {
        double signal = each == labels[row] ? 1 : 0;
        logits[row][each] = sharpness * (signal + random.nextDouble(-1, 1));
      }
    }
    return logits;
  }

  private static int[] labels() {
    SplittableRandom random = new SplittableRandom(3);
    return IntStream.range(0, ROWS).map(row -> random.nextInt(CLASSES)).toArray();
  }
}
