package io.tandem.graph.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.testing.Doubles;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

/**
 * A network whose hypergradient cannot be built must say so when it is built, with the place, and
 * one that can must not be refused for what no derivative passes.
 */
class MissingGradientTest {
  private Graph graph;
  private Ops tf;
  private Operand<TFloat64> x;

  @BeforeEach
  void open() {
    graph = new Graph();
    tf = Ops.create(graph);
    x = tf.withName("weights").constant(new double[][] {{2, 0.5}, {0.5, 3}});
  }

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void of_operationWithoutGradient_namesItAndItsPlace() {
    Operand<TFloat64> inverse = tf.withSubScope("layer1").linalg.inv(tf.math.exp(x));
    Operand<TFloat64> value = tf.withName("loss").reduceSum(inverse, tf.constant(new int[] {0, 1}));
    MissingGradientException missing =
        catchThrowableOfType(
            MissingGradientException.class, () -> Gradients.of(tf, graph, value, List.of(x)));
    assertThat(missing.type()).isEqualTo("MatrixInverse");
    assertThat(missing.operation()).isEqualTo("layer1/Inv");
    assertThat(missing)
        .hasMessageStartingWith("layer1/Inv: there is no gradient, but loss is to be")
        .hasMessageContaining("stopGradient")
        .hasMessageNotContaining("\n");
  }

  @Test
  void of_onlyTheSecondDerivativeMissing_isRefusedWhenItIsBuilt() {
    Operand<TFloat64> product = tf.prod(x, tf.constant(1));
    Operand<TFloat64> first =
        Gradients.of(tf, graph, tf.reduceSum(product, tf.constant(0)), List.of(x)).get(0);
    Operand<TFloat64> slope = total(tf.math.square(first));
    assertThatThrownBy(() -> Gradients.of(tf, graph, slope, List.of(x)))
        .isInstanceOf(MissingGradientException.class)
        .hasMessageContaining("Cumprod: there is no gradient")
        .hasMessageContaining("through this Cumprod");
  }

  @Test
  void of_longWayBesideAShortOne_isChecked() {
    Operand<TFloat64> far = x;
    for (int step = 0; step < 20; step++) {
      far = tf.math.tanh(far);
    }
    Operand<TFloat64> value = total(tf.math.add(x, tf.linalg.inv(far)));
    assertThatThrownBy(() -> Gradients.of(tf, graph, value, List.of(x)))
        .isInstanceOf(MissingGradientException.class)
        .hasMessageContaining("MatrixInverse");
  }

  /** Every side path here holds an operation without gradient; d/dx is that of x². */
  @Test
  void of_pathsThatNoDerivativePasses_areNotReported() {
    Operand<TInt64> best = tf.math.argMax(tf.linalg.inv(x), tf.constant(1));
    Operand<TFloat64> hot = tf.oneHot(best, tf.constant(2), tf.constant(0.0), tf.constant(0.0));
    Operand<TFloat64> stopped = tf.stopGradient(tf.linalg.inv(x));
    Operand<TFloat64> mask =
        tf.dtypes.cast(tf.math.greater(tf.linalg.inv(x), tf.constant(1e9)), TFloat64.class);
    Operand<TFloat64> whole =
        tf.dtypes.cast(tf.dtypes.cast(tf.linalg.inv(x), TInt64.class), TFloat64.class);
    Operand<TFloat64> row = tf.gather(tf.zerosLike(tf.linalg.inv(x)), best, tf.constant(0));
    Operand<TFloat64> noise =
        tf.random.statelessRandomNormal(
            tf.shape(tf.linalg.inv(x)), tf.constant(new long[] {1, 2}), TFloat64.class);
    Operand<TFloat64> all =
        tf.math.addN(
            List.of(tf.math.square(x), hot, stopped, mask, row, noise, tf.math.floor(whole)));
    Operand<TFloat64> unrelated = tf.linalg.inv(tf.math.exp(x));
    Operand<TFloat64> value = total(all);
    Operand<TFloat64> derivative = Gradients.of(tf, graph, value, List.of(x)).get(0);
    try (Session session = new Session(graph)) {
      assertThat(Doubles.fetch(session.runner(), List.of(derivative)).get(0))
          .containsExactly(4, 1, 1, 6);
      assertThat(Doubles.fetch(session.runner(), List.of(unrelated)).get(0)).hasSize(4);
    }
  }

  /** TensorFlow asks for a gradient here, although it is 0, and would fail without a place. */
  @Test
  void of_realNumbersFromAShape_areReportedWithTheirPlace() {
    Operand<TFloat64> other = tf.constant(new double[] {1, 2, 3, 4});
    Operand<TFloat64> shaped = tf.withSubScope("shaped").linalg.inv(tf.reshape(other, tf.shape(x)));
    Operand<TFloat64> value = total(tf.math.mul(x, shaped));
    assertThatThrownBy(() -> Gradients.of(tf, graph, value, List.of(x)))
        .isInstanceOf(MissingGradientException.class)
        .hasMessageStartingWith("shaped/Inv: there is no gradient");
  }

  private Operand<TFloat64> total(Operand<TFloat64> tensor) {
    return tf.reduceSum(tensor, tf.constant(new int[] {0, 1}));
  }
}
