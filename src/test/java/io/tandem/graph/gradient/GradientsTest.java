package io.tandem.graph.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.testing.Doubles;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Products with Jacobians against closed forms, where values, seeds and tensors are entangled. */
class GradientsTest {
  @Test
  void product_valueThatAnotherDependsOn_passesOnBothShares() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> x = tf.constant(1.5);
      Operand<TFloat64> y = tf.math.square(x);
      Operand<TFloat64> z = tf.math.sub(tf.math.mul(tf.math.exp(y), tf.constant(0.1)), x);
      List<Operand<TFloat64>> seeds = List.of(tf.constant(3.0), tf.constant(5.0));
      double slope = 0.1 * Math.exp(2.25) * 3 - 1;
      for (List<Operand<TFloat64>> values : List.of(List.of(z, y), List.of(y, z))) {
        double ofZ = values.get(0) == z ? 3 : 5;
        List<Operand<TFloat64>> products = Gradients.product(tf, values, seeds, List.of(x, y));
        List<double[]> found = Doubles.fetch(session.runner(), products);
        assertThat(found.get(0)[0]).isCloseTo(ofZ * slope + (8 - ofZ) * 3, within(1e-12));
        double byY = ofZ * 0.1 * Math.exp(2.25) + (8 - ofZ);
        assertThat(found.get(1)[0]).isCloseTo(byY, within(1e-12));
      }
    }
  }

  @Test
  void reached_behindStopGradient_isNull() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> x = tf.constant(1.5);
      Operand<TFloat64> stopped = tf.stopGradient(tf.math.square(x));
      Operand<TFloat64> value = tf.math.exp(stopped);
      List<Operand<TFloat64>> derivatives =
          Gradients.reached(tf, List.of(value), List.of(tf.constant(1.0)), List.of(x, stopped));
      assertThat(derivatives.get(0)).isNull();
      assertThat(derivatives.get(1)).isNotNull();
    }
  }
}
