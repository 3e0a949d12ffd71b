package io.tandem.graph.hypergradient;

import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.inner.OptimizerUpdate;
import java.util.List;
import org.tensorflow.types.family.TNumber;

/**
 * How weights are trained between the two readings of the outer loss.
 *
 * @param <T> float32 or float64
 * @param update rule of the steps
 * @param start state before the first step
 * @param optimizers settings of every step; their number is that of the steps
 */
public record UnrolledInput<T extends TNumber>(
    OptimizerUpdate update, InnerState<T> start, List<OptimizerTensors<T>> optimizers) {

  /** Copies the list. */
  public UnrolledInput {
    optimizers = List.copyOf(optimizers);
  }
}
