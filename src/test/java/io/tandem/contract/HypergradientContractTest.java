package io.tandem.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.hypergradient.ConjugateGradient;
import io.tandem.graph.hypergradient.Hypergradient;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.hypergradient.NeumannSeries;
import io.tandem.graph.hypergradient.NoResponse;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.hypergradient.UnrolledInput;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.testing.Doubles;
import io.tandem.testing.Quadratic;
import io.tandem.testing.Sessions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * What every estimator owes, with every update and in both precisions: optimizer settings have no
 * direct gradient, the two losses are those of start and end, shapes fit, and values are finite.
 */
class HypergradientContractTest {
  private static final int STEPS = 3;
  private static final InnerSettings SETTINGS = new InnerSettings(STEPS, 0.99, 1e-4);

  private static final List<ResponseSettings> SETTINGS_OF_ALL =
      List.of(
          new ResponseSettings.Unrolled(0, false),
          new ResponseSettings.Unrolled(2, false),
          new ResponseSettings.Unrolled(2, true),
          new ResponseSettings.ConjugateGradient(3, 0.01, 1e-4),
          new ResponseSettings.Neumann(3, 0.2),
          new ResponseSettings.None());

  static Stream<Arguments> pairs() {
    List<Arguments> all = new ArrayList<>();
    for (ResponseSettings settings : SETTINGS_OF_ALL) {
      HypergradientEstimator estimator = HypergradientEstimator.of(settings);
      for (OptimizerFamily family : OptimizerFamily.values()) {
        all.add(Arguments.of(estimator, family));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void build_everyUpdate_keepsTheContract(
      HypergradientEstimator estimator, OptimizerFamily family) {
    check(estimator, family, TFloat64.class);
    check(estimator, family, TFloat32.class);
  }

  @Test
  void of_settings_givesTheirEstimator() {
    assertThat(HypergradientEstimator.of(new ResponseSettings.None()))
        .isInstanceOf(NoResponse.class);
    assertThat(HypergradientEstimator.of(new ResponseSettings.Unrolled(0, false)))
        .isInstanceOf(Unrolled.class);
    assertThat(HypergradientEstimator.of(new ResponseSettings.ConjugateGradient(1, 0, 0)))
        .isInstanceOf(ConjugateGradient.class);
    assertThat(HypergradientEstimator.of(new ResponseSettings.Neumann(1, 0.1)))
        .isInstanceOf(NeumannSeries.class);
  }

  private static <T extends TNumber> void check(
      HypergradientEstimator estimator, OptimizerFamily family, Class<T> type) {
    try (Graph graph = new Graph();
        Session session = Sessions.unoptimized(graph)) {
      Ops tf = Ops.create(graph);
      Operand<T> rate = scalar(tf, 0.05, type);
      Operand<T> momentum = scalar(tf, 0.8, type);
      Operand<T> decay = scalar(tf, 0.01, type);
      OptimizerTensors<T> optimizer =
          new OptimizerTensors<>(
              tf.constant(0),
              Map.of(
                  Hyperparameter.LEARNING_RATE, rate,
                  Hyperparameter.MOMENTUM, momentum,
                  Hyperparameter.WEIGHT_DECAY, decay),
              scalar(tf, 1, type));
      Operand<T> weights = tf.dtypes.cast(tf.constant(new double[] {1.5, 0.25, -0.5}), type);
      Hypergradient<T> result =
          estimator.build(
              tf,
              new Quadratic<>(type),
              new UnrolledInput<>(
                  FamilySwitch.update(family, SETTINGS),
                  InnerState.fresh(tf, List.of(weights)),
                  Collections.nCopies(STEPS, optimizer)),
              List.of(rate, momentum, decay));
      assertThat(result.direct()).hasSize(3);
      List<Operand<T>> fetches = new ArrayList<>(result.direct());
      fetches.addAll(result.response());
      fetches.add(result.lossBefore());
      fetches.add(result.lossAfter());
      fetches.addAll(result.finalWeights());
      List<double[]> values = Doubles.fetch(session.runner(), fetches);
      for (int index = 0; index < 3; index++) {
        assertThat(values.get(index)).containsExactly(0);
        assertThat(values.get(3 + index)).hasSize(1);
        assertThat(values.get(3 + index)[0]).isFinite();
      }
      double before = loss(new double[] {1.5, 0.25, -0.5});
      assertThat(values.get(6)[0]).isCloseTo(before, within(1e-5));
      assertThat(values.get(7)[0]).isCloseTo(loss(values.get(8)), within(1e-5));
      if (estimator instanceof NoResponse) {
        assertThat(values.get(3)).containsExactly(0);
        assertThat(values.get(7)[0]).isEqualTo(values.get(6)[0]);
      } else {
        boolean implicit = result.solver() != null;
        // What only decides how training gets to rest has no response there; the decay has.
        assertThat(values.get(3)[0] == 0).isEqualTo(implicit);
        assertThat(values.get(5)[0]).isNotZero();
        assertThat(result.trainingLosses()).hasSize(STEPS);
      }
    }
  }

  private static double loss(double[] weights) {
    double loss = 0;
    for (int index = 0; index < weights.length; index++) {
      double error = weights[index] - Quadratic.target()[index];
      loss += 0.5 * error * error;
    }
    return loss;
  }

  private static <T extends TNumber> Operand<T> scalar(Ops tf, double value, Class<T> type) {
    return tf.dtypes.cast(tf.constant(value), type);
  }
}
