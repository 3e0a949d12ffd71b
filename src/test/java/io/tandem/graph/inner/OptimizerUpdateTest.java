package io.tandem.graph.inner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.gradient.Gradients;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.testing.Doubles;
import io.tandem.testing.Quadratic;
import java.util.ArrayList;
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
import org.tensorflow.types.TInt32;

/**
 * Every update must follow its paper and be differentiable exactly, alone and behind the switch: a
 * wrong factor here would silently teach the controller a wrong optimizer.
 */
class OptimizerUpdateTest {
  private static final int STEPS = 4;
  // Learning rate, momentum, weight decay, clip norm, initial weights (away from any optimum).
  private static final double[] FREE = {0.1, 0.7, 0.05, 100, 1.2, 0.3, -0.8};
  private static final double[] CLIPPED = {0.1, 0.7, 0.05, 1.5, 1.2, 0.3, -0.8};
  private static final InnerSettings SETTINGS =
      new InnerSettings(STEPS, ReferenceOptimizer.BETA2, ReferenceOptimizer.EPSILON);

  @ParameterizedTest
  @EnumSource
  void apply_alone_agreesWithReference(OptimizerFamily family) {
    check(family, new FamilySwitch(List.of(family), SETTINGS), 0, FREE, false);
    check(family, new FamilySwitch(List.of(family), SETTINGS), 0, CLIPPED, true);
  }

  @ParameterizedTest
  @EnumSource
  void apply_chosenAtRunTime_agreesWithReference(OptimizerFamily family) {
    List<OptimizerFamily> all = new ArrayList<>(List.of(OptimizerFamily.values()));
    Collections.reverse(all);
    FamilySwitch chosen = new FamilySwitch(all, SETTINGS);
    check(family, chosen, all.indexOf(family), CLIPPED, false);
    check(family, chosen, all.indexOf(family), CLIPPED, true);
  }

  @ParameterizedTest
  @EnumSource
  void apply_zeroGradientAndSlots_hasFiniteDerivatives(OptimizerFamily family) {
    double[] optimum = FREE.clone();
    optimum[2] = 0;
    optimum[3] = 0.5;
    System.arraycopy(Quadratic.centre(), 0, optimum, 4, 3);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat64> settings = settings(tf);
      Operand<TFloat64> loss = loss(tf, settings, FamilySwitch.update(family, SETTINGS), 0, false);
      Operand<TFloat64> gradient = Gradients.of(tf, graph, loss, List.of(settings)).get(0);
      for (double value : Doubles.run(session, settings, optimum, List.of(gradient)).get(0)) {
        assertThat(value).isFinite();
      }
    }
  }

  private static void check(
      OptimizerFamily family, OptimizerUpdate update, int index, double[] point, boolean apart) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat64> settings = settings(tf);
      Operand<TFloat64> loss = loss(tf, settings, update, index, apart);
      Operand<TFloat64> gradient = Gradients.of(tf, graph, loss, List.of(settings)).get(0);
      List<double[]> values = Doubles.run(session, settings, point, List.of(loss, gradient));
      assertThat(values.get(0)[0])
          .isCloseTo(ReferenceOptimizer.loss(family, point, STEPS), within(1e-12));
      double[] expected =
          Doubles.differences(p -> ReferenceOptimizer.loss(family, p, STEPS), point, 1e-6);
      assertThat(values.get(1)).containsExactly(expected, within(1e-7));
    }
  }

  private static Placeholder<TFloat64> settings(Ops tf) {
    return tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(FREE.length)));
  }

  private static Operand<TFloat64> loss(
      Ops tf, Operand<TFloat64> settings, OptimizerUpdate update, int index, boolean apart) {
    Map<Hyperparameter, Operand<TFloat64>> values =
        Map.of(
            Hyperparameter.LEARNING_RATE, scalar(tf, settings, 0),
            Hyperparameter.MOMENTUM, scalar(tf, settings, 1),
            Hyperparameter.WEIGHT_DECAY, scalar(tf, settings, 2),
            Hyperparameter.CLIP_NORM, scalar(tf, settings, 3));
    OptimizerTensors<TFloat64> optimizer =
        new OptimizerTensors<>(tf.identity(tf.constant(index)), values, tf.constant(1.0));
    List<Operand<TFloat64>> weights =
        apart
            ? List.of(part(tf, settings, 4, 2), part(tf, settings, 6, 1, 1, 1))
            : List.of(part(tf, settings, 4, 3));
    InnerProblem<TFloat64> problem = new Apart(new Quadratic<>(TFloat64.class));
    Trajectory<TFloat64> trajectory =
        UnrolledLoop.run(
            tf,
            problem,
            update,
            InnerState.fresh(tf, weights),
            Collections.nCopies(STEPS, optimizer));
    return problem.validationLoss(tf, trajectory.last().weights());
  }

  private static Operand<TFloat64> part(
      Ops tf, Operand<TFloat64> settings, int begin, int count, int... shape) {
    Operand<TFloat64> row =
        tf.slice(settings, tf.constant(new int[] {begin}), tf.constant(new int[] {count}));
    return shape.length == 0 ? row : tf.reshape(row, tf.constant(shape));
  }

  /** The quadratic with its weights in any number of tensors. */
  private record Apart(Quadratic<TFloat64> whole) implements InnerProblem<TFloat64> {
    @Override
    public Operand<TFloat64> trainingLoss(
        Ops tf, List<Operand<TFloat64>> weights, Operand<TInt32> step) {
      return whole.trainingLoss(tf, List.of(join(tf, weights)), step);
    }

    @Override
    public Operand<TFloat64> validationLoss(Ops tf, List<Operand<TFloat64>> weights) {
      return whole.validationLoss(tf, List.of(join(tf, weights)));
    }

    private static Operand<TFloat64> join(Ops tf, List<Operand<TFloat64>> weights) {
      List<Operand<TFloat64>> rows = new ArrayList<>();
      weights.forEach(weight -> rows.add(tf.reshape(weight, tf.constant(new int[] {-1}))));
      return rows.size() == 1 ? rows.get(0) : tf.concat(rows, tf.constant(0));
    }
  }

  private static Operand<TFloat64> scalar(Ops tf, Operand<TFloat64> settings, int index) {
    return tf.reshape(
        tf.slice(settings, tf.constant(new int[] {index}), tf.constant(new int[] {1})),
        tf.constant(new int[0]));
  }
}
