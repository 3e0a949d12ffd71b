package io.tandem.graph.hypergradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.hypergradient.SolverReport.Breakdown;
import io.tandem.graph.inner.InnerProblem;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.inner.Sgd;
import io.tandem.space.Hyperparameter;
import io.tandem.testing.Doubles;
import io.tandem.testing.Quadratic;
import io.tandem.testing.Sessions;
import io.tandem.testing.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * On a diagonal quadratic the inverse of the Hessian, its series and the derivative of the point of
 * rest are closed forms; an implicit estimator must give them, and say how its solver fared.
 */
class ImplicitQuadraticTest {
  private static final double DECAY = 0.3;
  private static final double RATE = 0.05;

  /** What one run gives. */
  private record Outcome(
      double decayResponse,
      double rateResponse,
      int iterations,
      double residual,
      int breakdowns,
      double[] solution) {}

  @Test
  void conjugateGradient_atRest_givesTheDerivativeOfThePointOfRest() {
    assertDecayResponse(TFloat64.class, 1e-12);
    assertDecayResponse(TFloat32.class, 1e-5);
  }

  private static <T extends TNumber> void assertDecayResponse(Class<T> type, double relative) {
    double expected = 0;
    for (int i = 0; i < 3; i++) {
      double curvature = Quadratic.curvature()[i] + DECAY;
      expected += (rest()[i] - Quadratic.target()[i]) * -rest()[i] / curvature;
    }
    Outcome outcome =
        run(conjugateGradient(3, 0, 0), type, new Quadratic<>(type), rest(), null, List.of());
    assertThat(outcome.decayResponse()).isCloseTo(expected, within(relative * Math.abs(expected)));
    assertThat(outcome.rateResponse()).isZero();
    assertThat(outcome.breakdowns()).isZero();
  }

  @Test
  void conjugateGradient_threeEigenvalues_endsAfterThreeIterations() {
    Outcome outcome = run(conjugateGradient(8, 0, 1e-10), null, List.of());
    assertThat(outcome.iterations()).isEqualTo(3);
    assertThat(outcome.residual()).isLessThan(1e-10);
    assertThat(outcome.solution()).containsExactly(solution(0), within(1e-12));
  }

  @Test
  void conjugateGradient_damping_isAddedToTheDiagonal() {
    Outcome outcome = run(conjugateGradient(5, 0.7, 1e-12), null, List.of());
    assertThat(outcome.solution()).containsExactly(solution(0.7), within(1e-12));
  }

  @Test
  void conjugateGradient_toleranceFed_replacesTheConfigured() {
    Outcome outcome = run(conjugateGradient(8, 0, 1e-10), 0.9, List.of());
    assertThat(outcome.iterations()).isEqualTo(1);
    assertThat(outcome.residual()).isBetween(1e-3, 0.9);
  }

  @Test
  void conjugateGradient_solutionFed_beginsThere() {
    Outcome outcome = run(conjugateGradient(8, 0.7, 1e-10), null, List.of(solution(0.7)));
    assertThat(outcome.iterations()).isZero();
    assertThat(outcome.solution()).containsExactly(solution(0.7), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e6, Double.NaN})
  void conjugateGradient_uselessSolutionFed_beginsAtZeros(double value) {
    double[] useless = {value, value, value};
    Outcome outcome = run(conjugateGradient(8, 0, 1e-10), null, List.of(useless));
    assertThat(outcome.solution()).containsExactly(solution(0), within(1e-12));
  }

  @Test
  void conjugateGradient_negativeCurvature_isCountedAndTheBestIterateKept() {
    Indefinite<TFloat64> problem = new Indefinite<>(TFloat64.class);
    double[] point = {0, 0, 0};
    // The right side is the first direction, and its curvature 1 + 4 - 9 + 3 · decay < 0.
    Outcome outcome =
        run(conjugateGradient(20, 0, 1e-10), TFloat64.class, problem, point, null, List.of());
    assertThat(outcome.breakdowns()).isOne();
    assertThat(outcome.iterations()).isOne();
    assertThat(outcome.residual()).isOne();
    assertThat(outcome.solution()).containsOnly(0);

    // Enough damping makes the system positive definite; the count still tells of the Hessian.
    Outcome damped =
        run(conjugateGradient(20, 20, 1e-10), TFloat64.class, problem, point, null, List.of());
    assertThat(damped.breakdowns()).isPositive();
    assertThat(damped.residual()).isLessThan(1e-10);
    for (int i = 0; i < 3; i++) {
      double curvature = Indefinite.CURVATURE[i] + DECAY + 20;
      assertThat(damped.solution()[i]).isCloseTo(-1 / curvature, within(1e-10));
    }
  }

  @Test
  void neumann_terms_giveThePartialSum() {
    for (int terms : new int[] {1, 2, 7}) {
      Outcome outcome = run(neumann(terms, 0.2), null, List.of());
      assertThat(outcome.iterations()).isEqualTo(terms - 1);
      assertThat(outcome.breakdowns()).isZero();
      assertThat(outcome.solution()).containsExactly(partialSum(terms, 0.2), within(1e-12));
    }
    Outcome narrow =
        run(
            neumann(7, 0.2),
            TFloat32.class,
            new Quadratic<>(TFloat32.class),
            rest(),
            null,
            List.of());
    assertThat(narrow.solution()).containsExactly(partialSum(7, 0.2), within(1e-5));
  }

  @Test
  void neumann_partialSumFed_goesOnWithTheSeries() {
    Outcome outcome = run(neumann(3, 0.2), null, List.of(partialSum(4, 0.2)));
    assertThat(outcome.solution()).containsExactly(partialSum(7, 0.2), within(1e-12));
  }

  @Test
  void neumann_scaleTooLarge_isReportedAndTheBestPartialSumKept() {
    // The largest eigenvalue is 2.8: |1 - 0.72 · 2.8| = 1.02.
    int best = 0;
    while (remainder(best + 1, 0.72) <= remainder(best, 0.72)) {
      best++;
    }
    assertThat(best).isBetween(1, 20);
    Outcome outcome = run(neumann(40, 0.72), null, List.of());
    assertThat(outcome.breakdowns()).isOne();
    assertThat(outcome.iterations()).isEqualTo(best + 1);
    // Terms 0 to best were summed; the next one was the first to grow.
    assertThat(outcome.solution()).containsExactly(partialSum(best + 1, 0.72), within(1e-12));
  }

  @Test
  void build_withoutStepsAndRest_saysWhatIsMissing() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> weights = Tensors.vector(tf, TFloat64.class, rest());
      UnrolledInput<TFloat64> input =
          new UnrolledInput<>(new Sgd(), InnerState.fresh(tf, List.of(weights)), List.of());
      assertThatThrownBy(
              () ->
                  conjugateGradient(1, 0, 0)
                      .build(tf, new Quadratic<>(TFloat64.class), input, List.of()))
          .hasMessageContaining("which batch is at rest");
    }
  }

  /**
   * Training loss {@code Σ aᵢ/2 wᵢ²} with curvatures of both signs, validation loss {@code -Σwᵢ}.
   */
  private record Indefinite<T extends TNumber>(Class<T> type) implements InnerProblem<T> {
    static final double[] CURVATURE = {1, 4, -9};

    @Override
    public Operand<T> trainingLoss(Ops tf, List<Operand<T>> weights, Operand<TInt32> step) {
      Operand<T> squares = tf.math.square(weights.get(0));
      Operand<T> halves = Tensors.vector(tf, type, 0.5, 2, -4.5);
      return tf.reduceSum(tf.math.mul(halves, squares), tf.constant(0));
    }

    @Override
    public Operand<T> validationLoss(Ops tf, List<Operand<T>> weights) {
      return tf.math.neg(tf.reduceSum(weights.get(0), tf.constant(0)));
    }
  }

  private static double[] rest() {
    double[] rest = new double[3];
    for (int i = 0; i < 3; i++) {
      rest[i] =
          Quadratic.curvature()[i] * Quadratic.centre()[i] / (Quadratic.curvature()[i] + DECAY);
    }
    return rest;
  }

  private static double[] solution(double damping) {
    double[] solution = new double[3];
    for (int i = 0; i < 3; i++) {
      solution[i] =
          (rest()[i] - Quadratic.target()[i]) / (Quadratic.curvature()[i] + DECAY + damping);
    }
    return solution;
  }

  private static double[] partialSum(int terms, double scale) {
    double[] sum = new double[3];
    for (int i = 0; i < 3; i++) {
      double curvature = Quadratic.curvature()[i] + DECAY;
      double part = 1 - Math.pow(1 - scale * curvature, terms);
      sum[i] = part * (rest()[i] - Quadratic.target()[i]) / curvature;
    }
    return sum;
  }

  private static double remainder(int term, double scale) {
    double square = 0;
    for (int i = 0; i < 3; i++) {
      double curvature = Quadratic.curvature()[i] + DECAY;
      double part = Math.pow(1 - scale * curvature, term) * (rest()[i] - Quadratic.target()[i]);
      square += part * part;
    }
    return square;
  }

  private static ConjugateGradient conjugateGradient(
      int iterations, double damping, double tolerance) {
    return new ConjugateGradient(
        new ResponseSettings.ConjugateGradient(iterations, damping, tolerance));
  }

  private static NeumannSeries neumann(int terms, double scale) {
    return new NeumannSeries(new ResponseSettings.Neumann(terms, scale));
  }

  private static Outcome run(
      HypergradientEstimator estimator, Double tolerance, List<double[]> solution) {
    return run(
        estimator, TFloat64.class, new Quadratic<>(TFloat64.class), rest(), tolerance, solution);
  }

  private static <T extends TNumber> Outcome run(
      HypergradientEstimator estimator,
      Class<T> type,
      InnerProblem<T> problem,
      double[] point,
      Double tolerance,
      List<double[]> solution) {
    try (Graph graph = new Graph();
        Session session = Sessions.unoptimized(graph)) {
      Ops tf = Ops.create(graph);
      Operand<T> decay = Tensors.scalar(tf, DECAY, type);
      Operand<T> rate = Tensors.scalar(tf, RATE, type);
      OptimizerTensors<T> optimizer =
          new OptimizerTensors<>(
              tf.constant(0),
              Map.of(Hyperparameter.LEARNING_RATE, rate, Hyperparameter.WEIGHT_DECAY, decay),
              Tensors.scalar(tf, 1, type));
      List<Operand<T>> start = new ArrayList<>();
      solution.forEach(values -> start.add(Tensors.vector(tf, type, values)));
      Operand<T> weights = Tensors.vector(tf, type, point);
      RestInput<T> rest =
          new RestInput<>(
              optimizer, 0, tolerance == null ? null : Tensors.scalar(tf, tolerance, type), start);
      Hypergradient<T> result =
          estimator.build(
              tf,
              problem,
              new UnrolledInput<>(
                  new Sgd(), InnerState.fresh(tf, List.of(weights)), List.of(), rest),
              List.of(decay, rate));
      SolverReport<T> report = Objects.requireNonNull(result.solver());
      assertThat(report.breakdown())
          .isEqualTo(
              estimator instanceof NeumannSeries
                  ? Breakdown.DIVERGENCE
                  : Breakdown.NEGATIVE_CURVATURE);
      List<double[]> reals =
          Doubles.fetch(
              session.runner(),
              List.of(
                  result.response().get(0),
                  result.response().get(1),
                  report.residual(),
                  report.solution().get(0)));
      List<double[]> counts =
          Doubles.fetch(
              session.runner(),
              List.of(real(tf, report.iterations()), real(tf, report.breakdowns())));
      return new Outcome(
          reals.get(0)[0],
          reals.get(1)[0],
          (int) counts.get(0)[0],
          reals.get(2)[0],
          (int) counts.get(1)[0],
          reals.get(3));
    }
  }

  private static Operand<TFloat64> real(Ops tf, Operand<TInt32> count) {
    return tf.dtypes.cast(count, TFloat64.class);
  }
}
