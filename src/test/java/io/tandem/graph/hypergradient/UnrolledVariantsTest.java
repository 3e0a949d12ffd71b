package io.tandem.graph.hypergradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.testing.Doubles;
import io.tandem.testing.Quadratic;
import io.tandem.testing.Sessions;
import io.tandem.testing.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;

/**
 * Truncation must drop exactly the derivative through the first steps, and recomputation nothing.
 */
class UnrolledVariantsTest {
  private static final int STEPS = 5;
  private static final double RATE = 0.2;
  private static final double DECAY = 0.1;
  private static final double[] START = {1.5, 0.25, -0.5};
  private static final double[] POINT = {RATE, 0.8, DECAY};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 9})
  void build_truncated_givesTheDerivativeThroughTheLastSteps(int last) {
    double[] expected = forwardMode(last);
    for (boolean recompute : new boolean[] {false, true}) {
      List<double[]> values = run(OptimizerFamily.SGD, last, recompute);
      assertThat(values.get(0)[0]).isCloseTo(expected[0], within(1e-12));
      assertThat(values.get(2)[0]).isCloseTo(expected[1], within(1e-12));
      if (last < STEPS) {
        assertThat(values.get(3)).containsOnly(0);
      }
    }
  }

  /** The derivative of the last loss by rate and decay, carried along with gradient descent. */
  private static double[] forwardMode(int last) {
    double byRate = 0;
    double byDecay = 0;
    for (int i = 0; i < START.length; i++) {
      double a = Quadratic.curvature()[i];
      double w = START[i];
      double rateSlope = 0;
      double decaySlope = 0;
      for (int step = 0; step < STEPS; step++) {
        double pull = a * (w - Quadratic.centre()[i] - 0.1 * step) + DECAY * w;
        if (step >= STEPS - last) {
          rateSlope += -pull - RATE * (a + DECAY) * rateSlope;
          decaySlope += -RATE * w - RATE * (a + DECAY) * decaySlope;
        }
        w -= RATE * pull;
      }
      byRate += (w - Quadratic.target()[i]) * rateSlope;
      byDecay += (w - Quadratic.target()[i]) * decaySlope;
    }
    return new double[] {byRate, byDecay};
  }

  @ParameterizedTest
  @EnumSource(OptimizerFamily.class)
  void build_recomputing_equalsKeepingActivations(OptimizerFamily family) {
    for (int truncate : new int[] {0, 3}) {
      List<double[]> kept = run(family, truncate, false);
      List<double[]> recomputed = run(family, truncate, true);
      for (int index = 0; index < kept.size(); index++) {
        assertThat(recomputed.get(index)).containsExactly(kept.get(index), within(1e-12));
      }
      assertThat(kept.get(0)[0]).isNotZero();
    }
  }

  @Test
  void build_noSteps_givesTheDirectGradientAlone() {
    try (Graph graph = new Graph();
        Session session = Sessions.unoptimized(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> weights = Tensors.vector(tf, TFloat64.class, START);
      for (boolean recompute : new boolean[] {false, true}) {
        Hypergradient<TFloat64> result =
            new Unrolled(new ResponseSettings.Unrolled(0, recompute))
                .build(
                    tf,
                    new Quadratic<>(TFloat64.class),
                    new UnrolledInput<>(
                        FamilySwitch.update(OptimizerFamily.SGD, new InnerSettings(1, 0.9, 1e-4)),
                        InnerState.fresh(tf, List.of(weights)),
                        List.of()),
                    List.of(weights));
        List<double[]> values =
            Doubles.fetch(
                session.runner(), List.of(result.direct().get(0), result.response().get(0)));
        for (int i = 0; i < START.length; i++) {
          assertThat(values.get(0)[i]).isCloseTo(START[i] - Quadratic.target()[i], within(1e-12));
        }
        assertThat(values.get(1)).containsOnly(0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(OptimizerFamily.class)
  void build_everyUpdate_equalsCentralDifferences(OptimizerFamily family) {
    try (Setting setting = new Setting(family, 0, false)) {
      List<double[]> values = setting.run(POINT);
      double[] expected =
          Doubles.differences(point -> setting.run(point).get(Setting.LOSS)[0], POINT, 1e-5);
      for (int index = 0; index < POINT.length; index++) {
        assertThat(values.get(index)[0])
            .isCloseTo(expected[index], within(1e-6 * Math.max(1, Math.abs(expected[index]))));
      }
    }
  }

  private static List<double[]> run(OptimizerFamily family, int truncate, boolean recompute) {
    try (Setting setting = new Setting(family, truncate, recompute)) {
      return setting.run(POINT);
    }
  }

  /** Derivatives by rate, momentum, decay and initial weights, and the loss. */
  private static final class Setting implements AutoCloseable {
    static final int LOSS = 4;

    private final Graph graph = new Graph();
    private final Session session = Sessions.unoptimized(graph);
    private final Placeholder<TFloat64> point;
    private final List<Operand<TFloat64>> fetches;

    Setting(OptimizerFamily family, int truncate, boolean recompute) {
      Ops tf = Ops.create(graph);
      point = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(POINT.length)));
      List<Operand<TFloat64>> elements = new ArrayList<>();
      for (int index = 0; index < POINT.length; index++) {
        elements.add(tf.gather(point, tf.constant(index), tf.constant(0)));
      }
      OptimizerTensors<TFloat64> optimizer =
          new OptimizerTensors<>(
              tf.constant(0),
              Map.of(
                  Hyperparameter.LEARNING_RATE, elements.get(0),
                  Hyperparameter.MOMENTUM, elements.get(1),
                  Hyperparameter.WEIGHT_DECAY, elements.get(2),
                  Hyperparameter.CLIP_NORM, tf.constant(100.0)),
              tf.constant(1.0));
      Operand<TFloat64> weights = Tensors.vector(tf, TFloat64.class, START);
      elements.add(weights);
      Hypergradient<TFloat64> result =
          new Unrolled(new ResponseSettings.Unrolled(truncate, recompute))
              .build(
                  tf,
                  new Quadratic<>(TFloat64.class),
                  new UnrolledInput<>(
                      FamilySwitch.update(family, new InnerSettings(STEPS, 0.9, 0.1)),
                      InnerState.fresh(tf, List.of(weights)),
                      Collections.nCopies(STEPS, optimizer)),
                  elements);
      fetches = new ArrayList<>(result.total(tf));
      fetches.add(result.lossAfter());
    }

    List<double[]> run(double[] values) {
      return Doubles.run(session, point, values, fetches);
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }
}
