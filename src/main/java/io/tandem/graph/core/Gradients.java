package io.tandem.graph.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Reverse-mode derivatives that are 0 where there is no connection and can be taken again. */
public final class Gradients {
  private Gradients() {}

  /**
   * The derivative of a scalar.
   *
   * @param tf where it is added
   * @param graph the graph of {@code tf}
   * @param value scalar
   * @param by tensors
   * @return derivative by every tensor, in its shape; zeros where the value does not depend on it
   * @throws MissingGradientException if an operation in between cannot be differentiated
   */
  public static <T extends TNumber> List<Operand<T>> of(
      Ops tf, Graph graph, Operand<T> value, List<? extends Operand<T>> by) {
    GradientRegistry.install();
    Set<GraphOperation> wanted = new HashSet<>();
    by.forEach(tensor -> wanted.add(graph.operationOrThrow(tensor.op().name())));
    Set<GraphOperation> ancestors = ancestors(graph, value, wanted);
    List<Output<?>> reached = new ArrayList<>();
    for (Operand<T> tensor : by) {
      if (ancestors.contains(graph.operationOrThrow(tensor.op().name()))) {
        reached.add(tensor.asOutput());
      }
    }
    @Nullable Output<?>[] derivatives = new Output<?>[0];
    if (!reached.isEmpty()) {
      requireGradients(graph, reached, value);
      Output<?> seed = Inputs.scalar(tf, 1, value.type()).asOutput();
      derivatives =
          graph.addGradients(
              tf.scope().makeOpName("gradients"),
              new Output<?>[] {value.asOutput()},
              reached.toArray(new Output<?>[0]),
              new Output<?>[] {seed});
    }
    List<Operand<T>> all = new ArrayList<>();
    int next = 0;
    for (Operand<T> tensor : by) {
      Output<?> derivative = null;
      if (next < reached.size() && reached.get(next).equals(tensor.asOutput())) {
        derivative = derivatives[next++];
      }
      all.add(
          derivative == null || NoGradient.is(derivative)
              ? tf.zerosLike(tensor)
              : derivative.expect(tensor.type()));
    }
    return List.copyOf(all);
  }

  /** The derivative of a scalar in a graph that {@code tf} builds. */
  public static <T extends TNumber> List<Operand<T>> of(
      Ops tf, Operand<T> value, List<? extends Operand<T>> by) {
    if (tf.scope().env() instanceof Graph graph) {
      return of(tf, graph, value, by);
    }
    throw new IllegalArgumentException("derivatives need a graph, not eager execution");
  }

  private static void requireGradients(Graph graph, List<Output<?>> from, Operand<?> value) {
    String name = value.op().name();
    DifferentiablePaths.obstacle(from, Set.of(graph.operationOrThrow(name)))
        .ifPresent(
            obstacle -> {
              throw new MissingGradientException(
                  name,
                  obstacle.operation().name(),
                  obstacle.operation().type(),
                  obstacle.reason());
            });
  }

  // Breadth first and only until all wanted operations are found: an unrolled loop asks for the
  // derivative of each step, which lies near, in a graph that holds all steps before it.
  private static Set<GraphOperation> ancestors(
      Graph graph, Operand<?> value, Set<GraphOperation> wanted) {
    Set<GraphOperation> missing = new HashSet<>(wanted);
    Set<GraphOperation> seen = new HashSet<>();
    Deque<GraphOperation> open = new ArrayDeque<>();
    GraphOperation start = graph.operationOrThrow(value.op().name());
    seen.add(start);
    open.add(start);
    while (!open.isEmpty() && !missing.isEmpty()) {
      GraphOperation operation = open.remove();
      missing.remove(operation);
      for (int input = 0; input < operation.numInputs(); input++) {
        if (operation.input(input).op() instanceof GraphOperation source && seen.add(source)) {
          open.add(source);
        }
      }
    }
    return seen;
  }
}
