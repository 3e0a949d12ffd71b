package io.tandem.graph.hypergradient;

import io.tandem.graph.gradient.Gradients;
import io.tandem.graph.inner.InnerProblem;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** The direct gradient alone, without any inner step, which is ENAS (Pham et al. 2018). */
public final class NoResponse implements HypergradientEstimator {
  @Override
  public <T extends TNumber> Hypergradient<T> build(
      Ops tf, InnerProblem<T> problem, UnrolledInput<T> input, List<Operand<T>> hyperparameters) {
    Operand<T> loss = problem.validationLoss(tf, input.start().weights());
    List<Operand<T>> direct = Gradients.of(tf, loss, hyperparameters);
    List<Operand<T>> zeros =
        direct.stream().<Operand<T>>map(gradient -> tf.zerosLike(gradient)).toList();
    // One run cannot fetch the same tensor twice.
    Operand<T> after = tf.identity(loss);
    return new Hypergradient<>(loss, after, direct, zeros, input.start(), List.of());
  }
}
