package io.tandem.graph.gradient;

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
   * <p>TensorFlow follows integers too, such as shapes, as far as they determine real numbers that
   * the values depend on. There it needs gradients as well, although they are 0, so an operation
   * without one is an obstacle; an operation whose gradient has limits is none there.
   *
   * @param from the tensors
   * @param to operations that compute the values
   */
  static Optional<Obstacle> obstacle(Collection<? extends Output<?>> from, Set<GraphOperation> to) {
    List<Obstacle> found = new ArrayList<>();
    Set<GraphOperation> seen = new HashSet<>();
    Deque<Output<?>> constant = new ArrayDeque<>();
    walk(new ArrayDeque<>(from), constant, true, seen, found);
    walk(constant, constant, false, seen, found);
    // Most are at the way's side, such as assignments; one walk from all of them shows that.
    return lead(found, to)
        ? found.stream().filter(obstacle -> lead(List.of(obstacle), to)).findFirst()
        : Optional.empty();
  }

  private static void walk(
      Deque<Output<?>> open,
      Deque<Output<?>> constant,
      boolean differentiated,
      Set<GraphOperation> seen,
      List<Obstacle> found) {
    while (!open.isEmpty()) {
      Output<?> output = open.remove();
      for (GraphOperation consumer : consumers(output)) {
        String type = consumer.type();
        boolean varies = differentiated && !CONSTANT.contains(type);
        Optional<String> reason =
            varies ? GradientLimits.reason(consumer, type, output) : Optional.empty();
        if (reason.isPresent() && isReal(consumer)) {
          found.add(new Obstacle(consumer, reason.get()));
        } else if (seen.add(consumer)) {
          if (!GradientRegistry.differentiable(type) && isReal(consumer)) {
            found.add(new Obstacle(consumer, GradientLimits.NONE));
          }
          follow(consumer, type, varies ? open : constant, constant, found);
        }
      }
    }
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
      GraphOperation operation,
      String type,
      Deque<Output<?>> real,
      Deque<Output<?>> constant,
      List<Obstacle> found) {
    for (int index = 0; index < operation.numOutputs(); index++) {
      Output<?> output = operation.output(index);
      if (!isReal(output.dataType())) {
        constant.add(output);
      } else if (real != constant && GradientLimits.dropped(type, index)) {
        for (GraphOperation consumer : consumers(output)) {
          found.add(new Obstacle(consumer, "batch statistics have no gradient outside the batch"));
        }
      } else {
        real.add(output);
      }
    }
  }

  private static boolean isReal(GraphOperation operation) {
    for (int index = 0; index < operation.numOutputs(); index++) {
      if (isReal(operation.output(index).dataType())) {
        return true;
      }
    }
    return false;
  }

  private static boolean lead(List<Obstacle> obstacles, Set<GraphOperation> to) {
    Set<GraphOperation> seen = new HashSet<>();
    obstacles.forEach(obstacle -> seen.add(obstacle.operation()));
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
