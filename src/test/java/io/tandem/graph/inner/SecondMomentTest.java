package io.tandem.graph.inner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.core.Scalars;
import io.tandem.graph.gradient.Gradients;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.testing.Doubles;
import io.tandem.testing.Quadratic;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;

/**
 * A search moves beta2 along its derivative, so that must be exact, and so must the second ones:
 * what later steps say about it goes through derivatives of the gradient.
 */
class SecondMomentTest {
  private static final int BETA2 = 7;
  // Learning rate, momentum, weight decay, clip norm, initial weights, beta2.
  private static final double[] POINT = {0.1, 0.7, 0.05, 1.5, 1.2, 0.3, -0.8, 0.9};
  private static final List<OptimizerFamily> FAMILIES = List.of(OptimizerFamily.values());

  @ParameterizedTest
  @EnumSource(names = {"RMSPROP", "ADAM", "ADAMW"})
  void apply_searchedBeta2_hasTheDerivativesOfDifferences(OptimizerFamily family) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat64> settings = settings(tf);
      Operand<TFloat64> loss = loss(tf, settings, family, 4);
      Operand<TFloat64> gradient = Gradients.of(tf, graph, loss, List.of(settings)).get(0);
      Operand<TFloat64> byBeta2 = scalar(tf, gradient, BETA2);
      Operand<TFloat64> second = Gradients.of(tf, graph, byBeta2, List.of(settings)).get(0);
      List<double[]> here = Doubles.run(session, settings, POINT, List.of(loss, gradient, second));
      assertThat(here.get(0)[0]).isCloseTo(reference(family, POINT), within(1e-12));
      double[] first = Doubles.differences(p -> reference(family, p), POINT, 1e-6);
      assertThat(here.get(1)).containsExactly(first, within(1e-7));
      double[] differences =
          Doubles.differences(
              p -> Doubles.run(session, settings, p, List.of(byBeta2)).get(0)[0], POINT, 1e-6);
      assertThat(here.get(2)).containsExactly(differences, within(1e-7));
      assertThat(Math.abs(first[BETA2])).isGreaterThan(1e-4);
      assertThat(Math.abs(differences[BETA2])).isGreaterThan(1e-4);
    }
  }

  /** Why a look-ahead of one step cannot teach it, and one of two steps can. */
  @ParameterizedTest
  @EnumSource(names = {"RMSPROP", "ADAM", "ADAMW"})
  void apply_oneStepFromEmptySlots_doesNotDependOnBeta2(OptimizerFamily family) {
    assertThat(byBeta2(family, 1)).isCloseTo(0, within(1e-12));
    assertThat(Math.abs(byBeta2(family, 2))).isGreaterThan(1e-4);
  }

  private static double byBeta2(OptimizerFamily family, int steps) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat64> settings = settings(tf);
      Operand<TFloat64> loss = loss(tf, settings, family, steps);
      Operand<TFloat64> gradient = Gradients.of(tf, graph, loss, List.of(settings)).get(0);
      return Doubles.run(session, settings, POINT, List.of(gradient)).get(0)[BETA2];
    }
  }

  private static double reference(OptimizerFamily family, double[] point) {
    return ReferenceOptimizer.loss(family, Arrays.copyOf(point, BETA2), point[BETA2], 4);
  }

  private static Placeholder<TFloat64> settings(Ops tf) {
    return tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(POINT.length)));
  }

  private static Operand<TFloat64> loss(
      Ops tf, Operand<TFloat64> settings, OptimizerFamily family, int steps) {
    OptimizerTensors<TFloat64> optimizer =
        new OptimizerTensors<>(
            tf.identity(tf.constant(FAMILIES.indexOf(family))),
            Map.of(
                Hyperparameter.LEARNING_RATE, scalar(tf, settings, 0),
                Hyperparameter.MOMENTUM, scalar(tf, settings, 1),
                Hyperparameter.WEIGHT_DECAY, scalar(tf, settings, 2),
                Hyperparameter.CLIP_NORM, scalar(tf, settings, 3)),
            tf.constant(1.0),
            new SecondMoment<>(
                scalar(tf, settings, BETA2),
                Scalars.of(tf, ReferenceOptimizer.EPSILON, TFloat64.class)),
            List.of());
    Operand<TFloat64> weights =
        tf.slice(settings, tf.constant(new int[] {4}), tf.constant(new int[] {3}));
    InnerProblem<TFloat64> problem = new Quadratic<>(TFloat64.class);
    // The constants of the settings are wrong on purpose: those of the tensors count.
    FamilySwitch update = new FamilySwitch(FAMILIES, new InnerSettings(steps, 0.5, 0.5));
    Trajectory<TFloat64> trajectory =
        UnrolledLoop.run(
            tf,
            problem,
            update,
            InnerState.fresh(tf, List.of(weights)),
            Collections.nCopies(steps, optimizer));
    return problem.validationLoss(tf, trajectory.last().weights());
  }

  private static Operand<TFloat64> scalar(Ops tf, Operand<TFloat64> settings, int index) {
    return tf.reshape(
        tf.slice(settings, tf.constant(new int[] {index}), tf.constant(new int[] {1})),
        tf.constant(new int[0]));
  }
}
