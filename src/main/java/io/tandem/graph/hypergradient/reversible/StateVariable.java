package io.tandem.graph.hypergradient.reversible;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.family.TType;

/**
 * A variable that one operation reads, so that all that is computed in a run sees the value from
 * before the run, whatever is assigned meanwhile.
 *
 * @param <U> its type
 */
final class StateVariable<U extends TType> {
  private final Operand<TType> handle;
  private final Operand<U> value;

  StateVariable(Ops tf, Shape shape, Class<U> type) {
    // Without a shared name all variables of a session would be one.
    String name = tf.scope().makeOpName("state");
    handle = tf.varHandleOp(type, shape, VarHandleOp.sharedName(name));
    value = tf.readVariableOp(handle, type);
  }

  /** The value before the run. */
  Operand<U> value() {
    return value;
  }

  /** An operation that replaces the value. */
  Op assign(Ops tf, Operand<U> next) {
    return tf.assignVariableOp(handle, next);
  }

  /** An operation that sets every element to 0. */
  Op clear(Ops tf) {
    long[] sizes = value.shape().asArray();
    int[] dimensions = Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray();
    return assign(tf, tf.zeros(tf.constant(dimensions), value.type()));
  }
}
