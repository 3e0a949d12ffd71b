package io.tandem.graph.gradient;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.types.family.TType;

/**
 * Whether a tensor is surely skipped whenever the tensors that enter a branch are: an operation is
 * skipped if one of its inputs is, a {@code Merge} if all of them are. Looks a few operations deep
 * only; it says no where it has not found out.
 */
final class DeadWith {
  private static final int MOST = 200;

  private final Map<Operation, Boolean> known = new HashMap<>();

  DeadWith(List<? extends Operand<? extends TType>> entries) {
    entries.forEach(entry -> known.put(entry.asOutput().op(), true));
  }

  boolean isCertain(Operand<?> tensor) {
    return isDead(tensor.asOutput().op());
  }

  private boolean isDead(Operation operation) {
    Boolean found = known.get(operation);
    if (found != null) {
      return found;
    }
    // Also what is being looked at further up, so that a loop ends, and what is too far away.
    known.put(operation, false);
    boolean dead = false;
    if (operation instanceof GraphOperation node && known.size() < MOST) {
      boolean all = node.type().equals("Merge");
      dead = all && node.numInputs() > 0;
      for (int input = 0; input < node.numInputs() && dead == all; input++) {
        dead = isDead(node.input(input).op());
      }
    }
    known.put(operation, dead);
    return dead;
  }
}
