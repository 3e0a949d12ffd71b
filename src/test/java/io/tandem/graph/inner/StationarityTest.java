package io.tandem.graph.inner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.testing.Doubles;
import io.tandem.testing.Sessions;
import io.tandem.testing.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/**
 * An implicit estimator differentiates the condition that an update states; it is the right one if
 * it is 0 exactly where the update leaves the weights alone.
 */
class StationarityTest {
  private static final double DECAY = 0.4;
  private static final double EPSILON = 0.05;
  private static final double[] WEIGHTS = {0.7, -1.2, 2};
  private static final InnerSettings SETTINGS = new InnerSettings(1, 0.9, EPSILON);

  /** The gradient with which a family is at rest, worked out by hand. */
  private static double[] restingGradient(OptimizerFamily family) {
    double[] gradient = new double[WEIGHTS.length];
    for (int i = 0; i < gradient.length; i++) {
      double pull = DECAY * WEIGHTS[i];
      gradient[i] =
          family == OptimizerFamily.ADAMW ? -EPSILON * pull / Math.sqrt(1 - pull * pull) : -pull;
    }
    return gradient;
  }

  @ParameterizedTest
  @EnumSource(OptimizerFamily.class)
  void stationarity_whereTheUpdateRests_isZero(OptimizerFamily family) {
    double[] gradient = restingGradient(family);
    List<double[]> values = run(FamilySwitch.update(family, SETTINGS), family, gradient, 0);
    assertThat(values.get(0)).containsExactly(new double[] {0, 0, 0}, within(1e-15));
    assertThat(values.get(1)).containsExactly(WEIGHTS, within(1e-12));

    double[] elsewhere = gradient.clone();
    elsewhere[1] += 0.3;
    values = run(FamilySwitch.update(family, SETTINGS), family, elsewhere, 0);
    assertThat(values.get(0)).containsExactly(new double[] {0, 0.3, 0}, within(1e-12));
    assertThat(Math.abs(values.get(1)[1] - WEIGHTS[1])).isGreaterThan(1e-3);
  }

  @Test
  void stationarity_familyChosenAtRunTime_isThatFamilys() {
    List<OptimizerFamily> families = List.of(OptimizerFamily.ADAM, OptimizerFamily.ADAMW);
    for (int chosen = 0; chosen < 2; chosen++) {
      double[] gradient = restingGradient(families.get(chosen));
      List<double[]> values =
          run(new FamilySwitch(families, SETTINGS), families.get(chosen), gradient, chosen);
      assertThat(values.get(0)).containsExactly(new double[] {0, 0, 0}, within(1e-15));
    }
  }

  /** Condition, and weights after a step with the moments that a long rest leaves. */
  private static List<double[]> run(
      OptimizerUpdate update, OptimizerFamily family, double[] gradient, int index) {
    try (Graph graph = new Graph();
        Session session = Sessions.unoptimized(graph)) {
      Ops tf = Ops.create(graph);
      Class<TFloat64> type = TFloat64.class;
      OptimizerTensors<TFloat64> optimizer =
          new OptimizerTensors<>(
              tf.identity(tf.constant(index)),
              Map.of(
                  Hyperparameter.LEARNING_RATE, tf.constant(0.1),
                  Hyperparameter.MOMENTUM, tf.constant(0.8),
                  Hyperparameter.WEIGHT_DECAY, tf.constant(DECAY)),
              tf.constant(1.0));
      boolean decoupled = family == OptimizerFamily.ADAMW;
      double[] first = new double[gradient.length];
      double[] second = new double[gradient.length];
      for (int i = 0; i < gradient.length; i++) {
        first[i] = decoupled ? gradient[i] : 0;
        second[i] = decoupled ? gradient[i] * gradient[i] : 0;
      }
      List<Operand<TFloat64>> weights = List.of(Tensors.vector(tf, type, WEIGHTS));
      List<Operand<TFloat64>> gradients = List.of(Tensors.vector(tf, type, gradient));
      InnerState<TFloat64> state =
          new InnerState<>(
              weights,
              List.of(Tensors.vector(tf, type, first)),
              List.of(Tensors.vector(tf, type, second)),
              tf.constant(1e6));
      List<Operand<TFloat64>> fetches =
          new ArrayList<>(update.stationarity(tf, optimizer, weights, gradients));
      fetches.addAll(update.apply(tf, optimizer, state, gradients).weights());
      return Doubles.fetch(session.runner(), fetches);
    }
  }
}
