package io.tandem.graph.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.proto.DataType;

/**
 * The operations through which values depend on tensors, as far as a derivative follows them: along
 * real numbers and not through operations that are constant almost everywhere.
 */
final class DifferentiablePaths {
  /** Real outputs, but no derivative to follow. */
  private static final Set<String> CONSTANT =
      Set.of("StopGradient", "ZerosLike", "OnesLike", "Floor", "OneHot", "Shape", "EditDistance");

  private static final Set<DataType> REAL =
      Set.of(
          DataType.DT_FLOAT,
          DataType.DT_DOUBLE,
          DataType.DT_HALF,
          DataType.DT_BFLOAT16,
          DataType.DT_COMPLEX64,
          DataType.DT_COMPLEX128);

  // A variable's memory has the number of its values' type and this on top (types.proto).
  private static final int REFERENCE = 100;

  /**
   * An operation that a derivative would have to pass and cannot.
   *
   * @param operation the operation
   * @param reason what is missing
   */
  record Obstacle(GraphOperation operation, String reason) {}

  private DifferentiablePaths() {}

  /**
   * The first obstacle between tensors and values.
   *
   * <p>It walks forward from the tensors, because an unrolled loop asks for the derivative of a
   * step when nothing behind it is built yet, while everything before it is.
   *
   * @param from the tensors
   * @param to operations that compute the values
   */
  static Optional<Obstacle> obstacle(Collection<? extends Output<?>> from, Set<GraphOperation> to) {
    Set<GraphOperation> seen = new HashSet<>();
    Deque<Output<?>> open = new ArrayDeque<>(from);
    List<Obstacle> found = new ArrayList<>();
    while (!open.isEmpty()) {
      Output<?> output = open.remove();
      for (GraphOperation consumer : consumers(output)) {
        String type = consumer.type();
        if (CONSTANT.contains(type)) {
          continue;
        }
        Optional<String> reason = GradientLimits.reason(consumer, type, output);
        if (reason.isPresent()) {
          found.add(new Obstacle(consumer, reason.get()));
        } else if (seen.add(consumer)) {
          follow(consumer, type, open, found);
        }
      }
    }
    return found.stream().filter(obstacle -> leads(obstacle.operation(), to)).findFirst();
  }

  /** Whether a tensor is of real numbers: only these have derivatives. */
  static boolean isReal(DataType type) {
    return REAL.contains(value(type));
  }

  /** Whether a tensor is a variable's memory rather than a value. */
  static boolean isReference(DataType type) {
    return type.getNumber() > REFERENCE;
  }

  /** The type of the numbers in a tensor, be it a value or a variable's memory. */
  static DataType value(DataType type) {
    return isReference(type) ? DataType.forNumber(type.getNumber() - REFERENCE) : type;
  }

  /** Whether an operation has real outputs that are constant almost everywhere. */
  static boolean isConstant(String type) {
    return CONSTANT.contains(type);
  }

  private static void follow(
      GraphOperation operation, String type, Deque<Output<?>> open, List<Obstacle> found) {
    for (int index = 0; index < operation.numOutputs(); index++) {
      Output<?> output = operation.output(index);
      if (!isReal(output.dataType())) {
        continue;
      }
      if (!GradientLimits.dropped(type, index)) {
        open.add(output);
      } else {
        for (GraphOperation consumer : consumers(output)) {
          found.add(
              new Obstacle(consumer, "batch statistics have no gradient outside of their batch"));
        }
      }
    }
  }

  private static boolean leads(GraphOperation start, Set<GraphOperation> to) {
    Set<GraphOperation> seen = new HashSet<>(Set.of(start));
    Deque<GraphOperation> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      GraphOperation operation = open.remove();
      if (to.contains(operation)) {
        return true;
      }
      for (int index = 0; index < operation.numOutputs(); index++) {
        Output<?> output = operation.output(index);
        if (!isReal(output.dataType())) {
          continue;
        }
        for (GraphOperation consumer : consumers(output)) {
          if (!CONSTANT.contains(consumer.type()) && seen.add(consumer)) {
            open.add(consumer);
          }
        }
      }
    }
    return false;
  }

  private static Set<GraphOperation> consumers(Output<?> output) {
    return output.op() instanceof GraphOperation operation
        ? operation.consumers(output.index())
        : Set.of();
  }
}
