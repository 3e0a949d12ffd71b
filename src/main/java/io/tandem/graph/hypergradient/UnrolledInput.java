package io.tandem.graph.hypergradient;

import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.inner.OptimizerUpdate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.types.family.TNumber;

/**
 * How weights are trained between the two readings of the outer loss.
 *
 * @param <T> float32 or float64
 * @param update rule of the steps
 * @param start state before the first step
 * @param optimizers settings of every step; their number is that of the steps, which may be 0 for
 *     an implicit estimator
 * @param rest what only implicit estimators look at; null for the settings and batch of the last
 *     step
 */
public record UnrolledInput<T extends TNumber>(
    OptimizerUpdate update,
    InnerState<T> start,
    List<OptimizerTensors<T>> optimizers,
    @Nullable RestInput<T> rest) {

  /** Copies the list. */
  public UnrolledInput {
    optimizers = List.copyOf(optimizers);
  }

  /**
   * A training that ends at rest, if anywhere, on its last batch.
   *
   * @param update rule of the steps
   * @param start state before the first step
   * @param optimizers settings of every step
   */
  public UnrolledInput(
      OptimizerUpdate update, InnerState<T> start, List<OptimizerTensors<T>> optimizers) {
    this(update, start, optimizers, null);
  }

  /**
   * How rest is defined: as given, or by the last step.
   *
   * @throws IllegalArgumentException if there is neither
   */
  RestInput<T> resting() {
    if (rest != null) {
      return rest;
    }
    if (optimizers.isEmpty()) {
      throw new IllegalArgumentException(
          "an implicit estimator without steps needs to be told which batch is at rest");
    }
    int last = optimizers.size() - 1;
    return RestInput.of(optimizers.get(last), last);
  }
}
