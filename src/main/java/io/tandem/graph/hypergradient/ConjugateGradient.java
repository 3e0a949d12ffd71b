package io.tandem.graph.hypergradient;

import io.tandem.graph.core.Scalars;
import io.tandem.graph.gradient.LazyBranches;
import io.tandem.graph.hypergradient.SolverReport.Breakdown;
import io.tandem.graph.inner.InnerProblem;
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
    return ImplicitResponse.build(
        tf, problem, input, hyperparameters, settings.damping(), this::solve);
  }

  /** Scalars between two iterations; squares of norms, counts, and 1 for true. */
  private enum Scalar {
    RESIDUAL,
    BEST,
    DIRECTION,
    ITERATIONS,
    NEGATIVE,
    GOING_ON
  }

  /**
   * What goes from one iteration to the next.
   *
   * @param iterate {@code x}, scaled
   * @param residual {@code r}
   * @param direction {@code p}
   * @param best the iterate with the smallest residual, scaled
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
    LinearSystem.Beginning<T> begin = system.begin(tf, whole);
    Operand<T> none = Scalars.of(tf, 0, whole.type());
    Operand<T> goesOnFirst =
        Vectors.number(tf, tf.math.greater(begin.square(), limit), whole.type());
    Operand<T> first = scaled(tf, system, begin.solution());
    State<T> state =
        new State<>(
            first,
            begin.residual(),
            begin.residual(),
            first,
            tf.stack(
                List.of(begin.square(), begin.square(), begin.square(), none, none, goesOnFirst)));
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
        system.layout().split(tf, unscaled(tf, system, state.best())));
  }

  /**
   * Iterates are kept times the shift, where there is one: what moves the iterate is then also the
   * shift's part of what moves the residual, and one pass over the vector computes both.
   */
  private static <T extends TNumber> Operand<T> scaled(
      Ops tf, LinearSystem<T> system, Operand<T> solution) {
    return system.shift() == null ? solution : tf.math.mul(system.shift(), solution);
  }

  private static <T extends TNumber> Operand<T> unscaled(
      Ops tf, LinearSystem<T> system, Operand<T> iterate) {
    return system.shift() == null ? iterate : tf.math.div(iterate, system.shift());
  }

  private <T extends TNumber> State<T> iterate(
      Ops tf, LinearSystem<T> system, Operand<T> limit, State<T> state) {
    Class<T> type = limit.type();
    Operand<T> none = tf.zerosLike(limit);
    Operand<T> square = state.scalar(tf, Scalar.RESIDUAL);
    Operand<T> leastSquare = state.scalar(tf, Scalar.BEST);
    Operand<T> product = system.product(tf, state.direction());
    Operand<T> curvature = Vectors.dot(tf, state.direction(), product);
    Operand<T> directionSquare = state.scalar(tf, Scalar.DIRECTION);
    Operand<T> dampedCurvature = system.shifted(tf, curvature, directionSquare);
    Operand<TBool> convex = tf.math.greater(dampedCurvature, none);
    Operand<T> length = tf.math.div(square, dampedCurvature);
    Operand<T> move = tf.math.mul(scaled(tf, system, length), state.direction());
    Operand<T> iterate = tf.math.add(state.iterate(), move);
    Operand<T> unshifted = Vectors.plus(tf, state.residual(), tf.math.neg(length), product);
    Operand<T> residual = system.shift() == null ? unshifted : tf.math.sub(unshifted, move);
    Operand<T> nextSquare = Vectors.square(tf, residual);
    Operand<T> growth = tf.math.div(nextSquare, square);
    Operand<T> direction = Vectors.plus(tf, residual, growth, state.direction());
    // A residual is orthogonal to the direction before it, which saves a pass over the vector.
    Operand<T> nextDirectionSquare =
        tf.math.add(nextSquare, tf.math.mul(tf.math.square(growth), directionSquare));
    Operand<TBool> better = tf.math.logicalAnd(convex, tf.math.less(nextSquare, leastSquare));
    Operand<T> damping = tf.math.mul(Scalars.of(tf, settings.damping(), type), directionSquare);
    Operand<TBool> negative = tf.math.lessEqual(dampedCurvature, damping);
    Operand<TBool> goesOn = tf.math.logicalAnd(convex, tf.math.greater(nextSquare, limit));
    Operand<T> scalars =
        tf.stack(
            List.of(
                nextSquare,
                tf.select(better, nextSquare, leastSquare),
                nextDirectionSquare,
                tf.math.add(state.scalar(tf, Scalar.ITERATIONS), Scalars.of(tf, 1, type)),
                tf.math.add(state.scalar(tf, Scalar.NEGATIVE), Vectors.number(tf, negative, type)),
                Vectors.number(tf, goesOn, type)));
    return new State<>(
        iterate, residual, direction, Vectors.choose(tf, better, iterate, state.best()), scalars);
  }
}
