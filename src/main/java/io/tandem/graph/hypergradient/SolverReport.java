package io.tandem.graph.hypergradient;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * How the linear system of an implicit estimator was solved.
 *
 * @param <T> float32 or float64
 * @param iterations products with the Hessian that were computed, scalar
 * @param residual norm of what the kept solution leaves over, relative to that of the right side,
 *     scalar
 * @param breakdown what {@code breakdowns} counts
 * @param breakdowns how often it was met, scalar; the solution is the best one before
 * @param solution one tensor per weight, in its shape
 */
public record SolverReport<T extends TNumber>(
    Operand<TInt32> iterations,
    Operand<T> residual,
    Breakdown breakdown,
    Operand<TInt32> breakdowns,
    List<Operand<T>> solution) {

  /** A way in which a solver's assumption on the Hessian fails. */
  public enum Breakdown {
    /** A search direction {@code p} with {@code p'Hp ≤ 0}: the Hessian is not positive definite. */
    NEGATIVE_CURVATURE,
    /** A term larger than the one before: the series diverges. */
    DIVERGENCE
  }

  /** Copies the list. */
  public SolverReport {
    solution = List.copyOf(solution);
  }
}
