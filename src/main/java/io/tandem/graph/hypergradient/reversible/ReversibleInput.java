package io.tandem.graph.hypergradient.reversible;

import io.tandem.graph.inner.InnerProblem;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * What is trained, how, and what the outer loss is differentiated by besides schedule and initial
 * weights.
 *
 * @param <T> type in which losses are computed, float32 or float64
 * @param problem inner and outer loss; the training loss must give the same bits for the same
 *     weights and step
 * @param type its number type
 * @param variables weights, in the order in which the problem takes them
 * @param hyperparameters tensors of known shapes that a loss depends on, for example placeholders
 *     or variables: a log penalty, training inputs, weights of examples. Their values must not
 *     change during a run
 * @param rule convention of the momentum
 */
public record ReversibleInput<T extends TNumber>(
    InnerProblem<T> problem,
    Class<T> type,
    List<TrainedVariable> variables,
    List<Operand<T>> hyperparameters,
    MomentumRule rule) {

  /** Copies the lists and checks that there are weights and that all layers are used. */
  public ReversibleInput {
    variables = List.copyOf(variables);
    hyperparameters = List.copyOf(hyperparameters);
    if (variables.isEmpty()) {
      throw new IllegalArgumentException("training needs weights");
    }
    for (Operand<T> hyperparameter : hyperparameters) {
      if (hyperparameter.shape().isUnknown() || hyperparameter.shape().hasUnknownDimension()) {
        throw new IllegalArgumentException(
            hyperparameter.op().name() + " needs a known shape to be differentiated");
      }
    }
  }

  /** Number of layers, from the highest that a variable names. */
  public int layers() {
    return 1 + variables.stream().mapToInt(TrainedVariable::layer).max().orElse(0);
  }
}
