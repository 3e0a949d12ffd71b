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
 * The implicit response with {@code H⁻¹} replaced by {@code α Σ_{j<J} (I - αH)^j} (Lorraine et al.
 * 2020, algorithm 3). It differentiates hyperparameters of the training loss and the weight decay;
 * others get a response of 0. With {@code α} the learning rate, {@code J} terms at the point of
 * rest equal {@code J} unrolled steps of gradient descent.
 *
 * <p>The term {@code v_j = (I - αH)^j b} is also what the sum of the terms before it leaves over.
 * The logarithm of its norm is convex in {@code j}, so once a term is larger than the one before,
 * all later ones are: the series ends there without that term, which is the best partial sum. From
 * a given solution the series goes on: {@code J} terms twice are {@code 2J} terms.
 */
public final class NeumannSeries implements HypergradientEstimator {
  /** Growth of a squared norm that rounding explains, where the Hessian is singular. */
  private static final double ROUNDING = 1e-4;

  private final ResponseSettings.Neumann settings;

  /**
   * Creates the estimator.
   *
   * @param settings terms, scale
   */
  public NeumannSeries(ResponseSettings.Neumann settings) {
    this.settings = settings;
  }

  @Override
  public <T extends TNumber> Hypergradient<T> build(
      Ops tf, InnerProblem<T> problem, UnrolledInput<T> input, List<Operand<T>> hyperparameters) {
    return ImplicitResponse.build(tf, problem, input, hyperparameters, 0, this::solve);
  }

  /** Scalars between two terms; the squared norm of the last term, counts, and 1 for true. */
  private enum Scalar {
    SQUARE,
    PRODUCTS,
    DIVERGED,
    GOING_ON
  }

  /**
   * What goes from one term to the next.
   *
   * @param term {@code v_j}
   * @param sum of the terms
   * @param scalars one element per {@link Scalar}
   */
  private record State<T extends TNumber>(Operand<T> term, Operand<T> sum, Operand<T> scalars) {
    static <T extends TNumber> State<T> of(List<Operand<T>> list) {
      return new State<>(list.get(0), list.get(1), list.get(2));
    }

    List<Operand<T>> list() {
      return List.of(term, sum, scalars);
    }

    Operand<T> scalar(Ops tf, Scalar which) {
      return tf.gather(scalars, tf.constant(which.ordinal()), tf.constant(0));
    }
  }

  private <T extends TNumber> SolverReport<T> solve(Ops tf, LinearSystem<T> system) {
    Operand<T> whole = system.rightSquare(tf);
    Operand<T> limit = system.limit(tf, whole, 0);
    Operand<T> none = Scalars.of(tf, 0, whole.type());
    LinearSystem.Beginning<T> begin = system.begin(tf, whole);
    Operand<T> goesOnFirst =
        Vectors.number(tf, tf.math.greater(begin.square(), limit), whole.type());
    State<T> state =
        new State<>(
            begin.residual(),
            begin.residual(),
            tf.stack(List.of(begin.square(), none, none, goesOnFirst)));
    // One name scope for all: to open one, every operation of the graph is visited.
    for (int term = 1; term < settings.terms(); term++) {
      Operand<TInt32> goesOn = tf.dtypes.cast(state.scalar(tf, Scalar.GOING_ON), TInt32.class);
      state =
          State.of(
              LazyBranches.select(
                  tf,
                  goesOn,
                  state.list(),
                  List.of(
                      inside -> inside,
                      inside -> next(tf, system, limit, State.of(inside)).list())));
    }
    Operand<T> scale = Scalars.of(tf, settings.scale(), whole.type());
    return new SolverReport<>(
        tf.dtypes.cast(state.scalar(tf, Scalar.PRODUCTS), TInt32.class),
        Vectors.relativeNorm(tf, state.scalar(tf, Scalar.SQUARE), whole),
        Breakdown.DIVERGENCE,
        tf.dtypes.cast(state.scalar(tf, Scalar.DIVERGED), TInt32.class),
        system.layout().split(tf, Vectors.plus(tf, begin.solution(), scale, state.sum())));
  }

  private <T extends TNumber> State<T> next(
      Ops tf, LinearSystem<T> system, Operand<T> limit, State<T> state) {
    Class<T> type = limit.type();
    Operand<T> square = state.scalar(tf, Scalar.SQUARE);
    Operand<T> minusScale = Scalars.of(tf, -settings.scale(), type);
    Operand<T> term = Vectors.plus(tf, state.term(), minusScale, system.product(tf, state.term()));
    Operand<T> nextSquare = Vectors.square(tf, term);
    Operand<T> allowed = tf.math.mul(Scalars.of(tf, 1 + ROUNDING, type), square);
    // Not a number is not less.
    Operand<TBool> shrinks = tf.math.lessEqual(nextSquare, allowed);
    Operand<TBool> goesOn = tf.math.logicalAnd(shrinks, tf.math.greater(nextSquare, limit));
    Operand<T> scalars =
        tf.stack(
            List.of(
                tf.select(shrinks, nextSquare, square),
                tf.math.add(state.scalar(tf, Scalar.PRODUCTS), Scalars.of(tf, 1, type)),
                Vectors.number(tf, tf.math.logicalNot(shrinks), type),
                Vectors.number(tf, goesOn, type)));
    Operand<T> sum = tf.math.add(state.sum(), term);
    return new State<>(term, Vectors.choose(tf, shrinks, sum, state.sum()), scalars);
  }
}
