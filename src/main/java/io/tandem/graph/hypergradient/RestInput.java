package io.tandem.graph.hypergradient;

import io.tandem.graph.inner.OptimizerTensors;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * What an implicit estimator may be told beyond the training: how the point of rest is defined and
 * where its solver begins.
 *
 * @param <T> float32 or float64
 * @param optimizer settings whose weight decay acts at rest
 * @param batch the training batch whose loss is at rest, a {@code step} of the inner problem
 * @param tolerance scalar in place of the configured tolerance, so that an outer loop can feed a
 *     decreasing one; null for the configured one
 * @param solution where the solver begins, one tensor per weight, for example {@link
 *     SolverReport#solution} of the outer step before; empty for zeros
 */
public record RestInput<T extends TNumber>(
    OptimizerTensors<T> optimizer,
    int batch,
    @Nullable Operand<T> tolerance,
    List<Operand<T>> solution) {

  /** Copies the list. */
  public RestInput {
    solution = List.copyOf(solution);
    if (batch < 0) {
      throw new IllegalArgumentException("batch is " + batch + ", expected 0 or more");
    }
  }

  /**
   * The configured tolerance and a start from zeros.
   *
   * @param optimizer settings whose weight decay acts at rest
   * @param batch the training batch whose loss is at rest
   */
  public static <T extends TNumber> RestInput<T> of(OptimizerTensors<T> optimizer, int batch) {
    return new RestInput<>(optimizer, batch, null, List.of());
  }
}
