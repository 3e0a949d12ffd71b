package io.tandem.graph.hypergradient;

import io.tandem.graph.hypergradient.SolverReport.Breakdown;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/**
 * A solver's report as one tensor that is fetched with the rest.
 *
 * @param numbers iterations, residual, breakdowns
 * @param breakdown what is counted last
 */
public record SolverCounts(Operand<TFloat64> numbers, Breakdown breakdown) {
  /**
   * The counts of a report, or null without one.
   *
   * @param tf where they are added
   * @param report null where no linear system is solved
   */
  public static @Nullable SolverCounts of(Ops tf, @Nullable SolverReport<?> report) {
    if (report == null) {
      return null;
    }
    return new SolverCounts(
        tf.stack(
            List.of(
                tf.dtypes.cast(report.iterations(), TFloat64.class),
                tf.dtypes.cast(report.residual(), TFloat64.class),
                tf.dtypes.cast(report.breakdowns(), TFloat64.class))),
        report.breakdown());
  }

  /**
   * What was fetched.
   *
   * @param fetched value of {@code numbers}
   * @param more products with the Hessian that were computed beyond the iterations
   */
  public SolverOutcome outcome(double[] fetched, int more) {
    return new SolverOutcome((int) fetched[0] + more, fetched[1], breakdown, (int) fetched[2]);
  }
}
