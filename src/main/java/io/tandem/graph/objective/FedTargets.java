package io.tandem.graph.objective;

import io.tandem.outcome.Outcome;
import io.tandem.outcome.Targets;
import java.util.List;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TNumber;

/**
 * Targets that are fed with each run.
 *
 * @param <T> type of reals
 */
public final class FedTargets<T extends TNumber> {
  private final Placeholder<? extends TNumber> placeholder;
  private final BatchTargets<T> batch;

  /**
   * Adds a placeholder.
   *
   * @param tf where it is added
   * @param type float32 or float64
   * @param outcome what is predicted
   */
  public FedTargets(Ops tf, Class<T> type, Outcome outcome) {
    placeholder =
        tf.placeholder(
            TargetTensors.type(outcome),
            Placeholder.shape(TargetTensors.shape(outcome, Shape.UNKNOWN_SIZE)));
    batch = TargetTensors.batch(tf, type, outcome, placeholder);
  }

  /** What is fed. */
  public BatchTargets<T> batch() {
    return batch;
  }

  /**
   * Feeds some rows.
   *
   * @param runner what is run
   * @param targets with the outcome of this
   * @param from first row
   * @param to behind the last row
   * @param open gets the tensor, to be closed after the run
   */
  public void feed(Session.Runner runner, Targets targets, int from, int to, List<Tensor> open) {
    Tensor tensor = TargetTensors.tensor(targets, from, to);
    open.add(tensor);
    runner.feed(placeholder, tensor);
  }
}
