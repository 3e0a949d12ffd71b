package io.tandem.graph.training;

import io.tandem.graph.gradient.LazyBranches;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** What a step writes into variables: all of it if every number of it is finite, else nothing. */
final class GuardedChanges {
  private final Ops tf;
  private final Operand<TBool> finite;
  private final Operand<TInt32> writes;
  private final List<Op> assignments = new ArrayList<>();

  /**
   * Adds the assignments.
   *
   * @param tf where they are added
   * @param loss of the step, which is to be finite as well
   * @param variables what can change
   * @param wanted the new values, in the same order; a variable that is its own new value stays
   */
  GuardedChanges(
      Ops tf,
      Operand<TFloat32> loss,
      List<Variable<TFloat32>> variables,
      List<Operand<TFloat32>> wanted) {
    this.tf = tf;
    Map<Variable<TFloat32>, Operand<TFloat32>> changes = new LinkedHashMap<>();
    for (int index = 0; index < variables.size(); index++) {
      if (!wanted.get(index).asOutput().equals(variables.get(index).asOutput())) {
        changes.put(variables.get(index), wanted.get(index));
      }
    }
    List<Operand<TFloat32>> norms = new ArrayList<>();
    changes.values().forEach(tensor -> norms.add(tf.nn.l2Loss(tensor)));
    finite = tf.math.isFinite(tf.math.add(loss, tf.math.addN(norms)));
    writes = tf.dtypes.cast(finite, TInt32.class);
    changes.forEach((variable, value) -> assignments.add(assign(variable, value)));
  }

  /** Adds a change that is made under the same condition, but is not part of the step. */
  Op assign(Variable<TFloat32> variable, Operand<TFloat32> value) {
    return tf.assign(variable, LazyBranches.enter(tf, writes, 2, 1, value));
  }

  /** Whether the step is made, scalar. */
  Operand<TBool> finite() {
    return finite;
  }

  /** The assignments of the step. */
  List<Op> assignments() {
    return List.copyOf(assignments);
  }
}
