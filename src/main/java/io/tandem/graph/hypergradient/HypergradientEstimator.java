package io.tandem.graph.hypergradient;

import io.tandem.graph.inner.InnerProblem;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** A way to estimate how the outer loss answers to hyperparameters through training. */
public interface HypergradientEstimator {
  /**
   * Adds the estimate.
   *
   * @param tf where it is added
   * @param problem inner and outer loss
   * @param input the training
   * @param hyperparameters tensors that losses, settings or start depend on
   */
  <T extends TNumber> Hypergradient<T> build(
      Ops tf, InnerProblem<T> problem, UnrolledInput<T> input, List<Operand<T>> hyperparameters);

  /**
   * The estimator of a configuration.
   *
   * @param settings which
   */
  static HypergradientEstimator of(ResponseSettings settings) {
    return settings.estimator();
  }
}
