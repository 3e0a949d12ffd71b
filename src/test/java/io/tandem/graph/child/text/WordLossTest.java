package io.tandem.graph.child.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.graph.gradient.Gradients;
import io.tandem.graph.objective.Loss;
import io.tandem.graph.objective.LossShape;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import io.tandem.testing.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** The loss that keeps targets as numbers must be the one that keeps them as vectors. */
class WordLossTest {
  @Test
  void mean_withAndWithoutSmoothing_isTheCrossEntropyInValueAndDerivatives() {
    GradientRegistry.install();
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> logits =
          Tensors.tensor(tf, Derivatives.numbers(12, 1), Shape.of(3, 4), TFloat64.class);
      Operand<TFloat64> along = tf.math.sin(logits);
      Operand<TInt32> targets = tf.constant(new int[] {3, 0, 2});
      Operand<TFloat64> smoothing = tf.constant(0.2);
      List<Operand<TFloat64>> fetches = new ArrayList<>();
      for (Operand<TFloat64> loss :
          List.of(
              WordLoss.mean(tf, WordHeads.saying(tf, logits, 4), targets, LossShape.plain()),
              WordLoss.mean(
                  tf, WordHeads.saying(tf, logits, 4), targets, LossShape.smoothed(smoothing)),
              Loss.crossEntropy(tf, logits, targets, 4, LossShape.plain()),
              Loss.crossEntropy(tf, logits, targets, 4, LossShape.smoothed(smoothing)))) {
        fetches.add(loss);
        List<Operand<TFloat64>> gradient = Gradients.of(tf, loss, List.of(logits));
        fetches.addAll(gradient);
        fetches.addAll(Gradients.product(tf, gradient, List.of(along), List.of(logits)));
      }
      List<double[]> found = Doubles.fetch(session.runner(), fetches);
      for (int index = 0; index < 6; index++) {
        assertThat(found.get(index)).containsExactly(found.get(6 + index), within(1e-12));
      }
    }
  }
}
