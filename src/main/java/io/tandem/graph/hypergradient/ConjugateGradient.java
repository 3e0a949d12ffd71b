package io.tandem.graph.hypergradient;

import io.tandem.graph.core.LazyBranches;
import io.tandem.graph.hypergradient.SolverReport.Breakdown;
import io.tandem.graph.inner.InnerProblem;
import io.tandem.graph.inner.Numbers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The implicit response with {@code (H + ρI) q = ∂L_V/∂w} solved by conjugate gradients (Hestenes
 * and Stiefel 1952; Pedregosa 2016, HOAG, algorithm 1). It differentiates hyperparameters of the
 * training loss and the weight decay; others get a response of 0.
 *
 * <p>The iterations are laid out in the graph, and those after the last one needed do not execute.
 * The Hessian of a batch can be indefinite: a direction {@code p} with {@code p'Hp ≤ 0} is counted,
 * the iteration ends where {@code p'(H + ρI)p ≤ 0} or is not a number, and the iterate with the
 * smallest residual is the solution.
 */
public final class ConjugateGradient implements HypergradientEstimator {
  private final ResponseSettings.ConjugateGradient settings;

  /**
   * Creates the estimator.
   *
   * @param settings iterations, damping, tolerance
   */
  public ConjugateGradient(ResponseSettings.ConjugateGradient settings) {
    this.settings = settings;
  }

  @Override
  public <T extends TNumber> Hypergradient<T> build(
      Ops tf, InnerProblem<T> problem, UnrolledInput<T> input, List<Operand<T>> hyperparameters) {
    return ImplicitResponse.build(tf, problem, input, hyperparameters, this::solve);
  }

  /** Scalars between two iterations; squares of norms, counts, and 1 for true. */
  private enum Scalar {
    RESIDUAL,
    BEST,
    ITERATIONS,
    NEGATIVE,
    GOING_ON
  }

  /**
   * What goes from one iteration to the next.
   *
   * @param iterate {@code x}
   * @param residual {@code r}
   * @param direction {@code p}
   * @param best the iterate with the smallest residual
   * @param scalars one element per {@link Scalar}
   */
  private record State<T extends TNumber>(
      Operand<T> iterate,
      Operand<T> residual,
      Operand<T> direction,
      Operand<T> best,
      Operand<T> scalars) {
    static <T extends TNumber> State<T> of(List<Operand<T>> list) {
      return new State<>(list.get(0), list.get(1), list.get(2), list.get(3), list.get(4));
    }

    List<Operand<T>> list() {
      return List.of(iterate, residual, direction, best, scalars);
    }

    Operand<T> scalar(Ops tf, Scalar which) {
      return tf.gather(scalars, tf.constant(which.ordinal()), tf.constant(0));
    }
  }

  private <T extends TNumber> SolverReport<T> solve(Ops tf, LinearSystem<T> system) {
    Operand<T> whole = system.rightSquare(tf);
    Operand<T> limit = system.limit(tf, whole, settings.tolerance());
    LinearSystem.Beginning<T> begin = system.begin(tf, whole, settings.damping());
    Operand<T> none = Numbers.constant(tf, 0, whole.type());
    Operand<T> goesOnFirst =
        Vectors.number(tf, tf.math.greater(begin.square(), limit), whole.type());
    State<T> state =
        new State<>(
            begin.solution(),
            begin.residual(),
            begin.residual(),
            begin.solution(),
            tf.stack(List.of(begin.square(), begin.square(), none, none, goesOnFirst)));
    // One name scope for all: to open one, every operation of the graph is visited.
    for (int iteration = 0; iteration < settings.iterations(); iteration++) {
      Operand<TInt32> goesOn = tf.dtypes.cast(state.scalar(tf, Scalar.GOING_ON), TInt32.class);
      state =
          State.of(
              LazyBranches.select(
                  tf,
                  goesOn,
                  state.list(),
                  List.of(
                      inside -> inside,
                      inside -> iterate(tf, system, limit, State.of(inside)).list())));
    }
    return new SolverReport<>(
        tf.dtypes.cast(state.scalar(tf, Scalar.ITERATIONS), TInt32.class),
        Vectors.relativeNorm(tf, state.scalar(tf, Scalar.BEST), whole),
        Breakdown.NEGATIVE_CURVATURE,
        tf.dtypes.cast(state.scalar(tf, Scalar.NEGATIVE), TInt32.class),
        system.layout().split(tf, state.best()));
  }

  private <T extends TNumber> State<T> iterate(
      Ops tf, LinearSystem<T> system, Operand<T> limit, State<T> state) {
    Class<T> type = limit.type();
    Operand<T> none = tf.zerosLike(limit);
    Operand<T> square = state.scalar(tf, Scalar.RESIDUAL);
    Operand<T> leastSquare = state.scalar(tf, Scalar.BEST);
    Operand<T> product = system.product(tf, state.direction());
    Operand<T> curvature = Vectors.dot(tf, state.direction(), product);
    Operand<T> dampedProduct =
        LinearSystem.damped(tf, product, state.direction(), settings.damping());
    Operand<T> dampedCurvature =
        settings.damping() == 0 ? curvature : Vectors.dot(tf, state.direction(), dampedProduct);
    Operand<TBool> convex = tf.math.greater(dampedCurvature, none);
    Operand<T> length = tf.math.div(square, dampedCurvature);
    Operand<T> iterate = Vectors.plus(tf, state.iterate(), length, state.direction());
    Operand<T> residual = Vectors.plus(tf, state.residual(), tf.math.neg(length), dampedProduct);
    Operand<T> nextSquare = Vectors.square(tf, residual);
    Operand<T> direction =
        Vectors.plus(tf, residual, tf.math.div(nextSquare, square), state.direction());
    Operand<TBool> better = tf.math.logicalAnd(convex, tf.math.less(nextSquare, leastSquare));
    Operand<TBool> negative = tf.math.lessEqual(curvature, none);
    Operand<TBool> goesOn = tf.math.logicalAnd(convex, tf.math.greater(nextSquare, limit));
    Operand<T> scalars =
        tf.stack(
            List.of(
                nextSquare,
                tf.select(better, nextSquare, leastSquare),
                tf.math.add(state.scalar(tf, Scalar.ITERATIONS), Numbers.constant(tf, 1, type)),
                tf.math.add(state.scalar(tf, Scalar.NEGATIVE), Vectors.number(tf, negative, type)),
                Vectors.number(tf, goesOn, type)));
    return new State<>(
        iterate, residual, direction, Vectors.choose(tf, better, iterate, state.best()), scalars);
  }
}
