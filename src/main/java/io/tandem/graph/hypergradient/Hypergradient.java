package io.tandem.graph.hypergradient;

import io.tandem.graph.inner.InnerState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The derivative of the outer loss by hyperparameters, direct and response apart.
 *
 * @param <T> float32 or float64
 * @param lossBefore outer loss at the start, {@code R0}, scalar
 * @param lossAfter outer loss after the inner steps, {@code RK}, scalar
 * @param direct derivative of {@code lossBefore} by every hyperparameter
 * @param response what the training adds: derivative of {@code lossAfter}, less {@code direct}
 * @param last state after the inner steps
 * @param trainingLosses training loss before every inner step, scalars
 * @param solver how an implicit estimator solved its linear system; null for the others
 */
public record Hypergradient<T extends TNumber>(
    Operand<T> lossBefore,
    Operand<T> lossAfter,
    List<Operand<T>> direct,
    List<Operand<T>> response,
    InnerState<T> last,
    List<Operand<T>> trainingLosses,
    @Nullable SolverReport<T> solver) {

  /** Checks that both parts cover the same hyperparameters. */
  public Hypergradient {
    direct = List.copyOf(direct);
    response = List.copyOf(response);
    trainingLosses = List.copyOf(trainingLosses);
    if (direct.size() != response.size()) {
      throw new IllegalArgumentException("direct and response differ in length");
    }
  }

  /**
   * The result of an estimator that solves no linear system.
   *
   * @param lossBefore outer loss at the start
   * @param lossAfter outer loss after the inner steps
   * @param direct derivative of {@code lossBefore}
   * @param response what the training adds
   * @param last state after the inner steps
   * @param trainingLosses training loss before every inner step
   */
  public Hypergradient(
      Operand<T> lossBefore,
      Operand<T> lossAfter,
      List<Operand<T>> direct,
      List<Operand<T>> response,
      InnerState<T> last,
      List<Operand<T>> trainingLosses) {
    this(lossBefore, lossAfter, direct, response, last, trainingLosses, null);
  }

  /** Weights after the inner steps. */
  public List<Operand<T>> finalWeights() {
    return last.weights();
  }

  /** Slots after the inner steps: first moments, then second moments. */
  public List<Operand<T>> finalSlots() {
    return last.slots();
  }

  /** Direct plus response. */
  public List<Operand<T>> total(Ops tf) {
    List<Operand<T>> sums = new ArrayList<>();
    for (int index = 0; index < direct.size(); index++) {
      sums.add(tf.math.add(direct.get(index), response.get(index)));
    }
    return sums;
  }
}
