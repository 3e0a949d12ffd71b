package io.tandem.graph.child.image;

import io.tandem.graph.core.ManyInputs;
import io.tandem.space.MicroSpace;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The gates on the values of cells. All cells of a kind have the same choices and therefore the
 * same gates; their derivatives are summed few at a time.
 *
 * @param <T> type of reals
 */
final class MicroGates<T extends TNumber> {
  private final Ops tf;
  private final int cells;
  private final List<Operand<T>> gates;
  private final Map<Integer, Iterator<Operand<T>>> byColumn = new HashMap<>();

  /**
   * Creates them for one pass through the cells.
   *
   * @param tf where nodes are added
   * @param space the networks
   * @param gates one for every integer of the architecture, or none
   */
  MicroGates(Ops tf, MicroSpace space, List<Operand<T>> gates) {
    this.tf = tf;
    this.cells = Math.max(2, space.cells());
    this.gates = gates;
  }

  /**
   * A value behind the gates of its source and of its operation.
   *
   * @param column number of the gate of the source; that of the operation follows
   * @param value what goes through
   */
  Operand<T> apply(int column, Operand<T> value) {
    if (gates.isEmpty()) {
      return value;
    }
    Iterator<Operand<T>> copies =
        byColumn.computeIfAbsent(
            column,
            source ->
                ManyInputs.spread(tf, tf.math.mul(gates.get(source), gates.get(source + 1)), cells)
                    .iterator());
    return tf.math.mul(value, copies.next());
  }
}
