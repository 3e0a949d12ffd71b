package io.tandem.graph.objective;

import io.tandem.outcome.Targets;
import java.util.List;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.family.TNumber;

/**
 * The targets of a data set in a variable of a graph, fed once.
 *
 * @param <T> type of reals
 */
public final class PlacedTargets<T extends TNumber> {
  private final Targets targets;
  private final Variable<? extends TNumber> variable;
  private final Placeholder<? extends TNumber> values;
  private final Op assign;
  private final Class<T> type;

  private PlacedTargets(
      Targets targets,
      Class<T> type,
      Variable<? extends TNumber> variable,
      Placeholder<? extends TNumber> values,
      Op assign) {
    this.targets = targets;
    this.type = type;
    this.variable = variable;
    this.values = values;
    this.assign = assign;
  }

  /**
   * Adds a variable, which {@link #load} fills.
   *
   * @param tf where it is added
   * @param type float32 or float64
   * @param targets the targets
   */
  public static <T extends TNumber> PlacedTargets<T> of(Ops tf, Class<T> type, Targets targets) {
    return of(tf, type, targets, TargetTensors.type(targets.outcome()));
  }

  private static <T extends TNumber, V extends TNumber> PlacedTargets<T> of(
      Ops tf, Class<T> type, Targets targets, Class<V> stored) {
    Variable<V> variable =
        tf.variable(TargetTensors.shape(targets.outcome(), targets.rows()), stored);
    Placeholder<V> values = tf.placeholder(stored, Placeholder.shape(variable.shape()));
    return new PlacedTargets<>(targets, type, variable, values, tf.assign(variable, values));
  }

  /**
   * The targets of all rows.
   *
   * @param tf where operations are added
   */
  public BatchTargets<T> all(Ops tf) {
    return TargetTensors.batch(tf, type, targets.outcome(), variable);
  }

  /** Name of the variable. */
  public String name() {
    return variable.op().name();
  }

  /**
   * Fills the variable.
   *
   * @param runner what is run
   * @param open gets the tensor, to be closed after the run
   */
  public void load(Session.Runner runner, List<Tensor> open) {
    Tensor tensor = TargetTensors.tensor(targets, 0, targets.rows());
    open.add(tensor);
    runner.feed(values, tensor).addTarget(assign);
  }
}
