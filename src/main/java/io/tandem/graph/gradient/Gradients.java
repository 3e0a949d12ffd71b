package io.tandem.graph.gradient;

import io.tandem.graph.core.Scalars;
import io.tandem.graph.gradient.op.NoGradient;
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
    Operand<T> seed = Scalars.of(tf, 1, value.type());
    return filled(tf, by, reached(tf, graph, List.of(value), List.of(seed), by));
  }

  /** The derivative of a scalar in a graph that {@code tf} builds. */
  public static <T extends TNumber> List<Operand<T>> of(
      Ops tf, Operand<T> value, List<? extends Operand<T>> by) {
    return of(tf, graph(tf), value, by);
  }

  /**
   * The product of a row vector with a Jacobian, {@code Σᵢ seedᵢ · ∂valueᵢ/∂by}.
   *
   * @param tf where it is added
   * @param values tensors that are differentiated
   * @param seeds the vector: one tensor per value, in its shape; constant for this derivative
   * @param by tensors
   * @return one tensor per {@code by}, in its shape; zeros where no value depends on it
   */
  public static <T extends TNumber> List<Operand<T>> product(
      Ops tf,
      List<? extends Operand<T>> values,
      List<? extends Operand<T>> seeds,
      List<? extends Operand<T>> by) {
    return filled(tf, by, reached(tf, graph(tf), values, seeds, by));
  }

  /** As {@link #product}, with null where no value depends on a tensor. */
  public static <T extends TNumber> List<@Nullable Operand<T>> reached(
      Ops tf,
      List<? extends Operand<T>> values,
      List<? extends Operand<T>> seeds,
      List<? extends Operand<T>> by) {
    return reached(tf, graph(tf), values, seeds, by);
  }

  private static <T extends TNumber> List<@Nullable Operand<T>> reached(
      Ops tf,
      Graph graph,
      List<? extends Operand<T>> values,
      List<? extends Operand<T>> seeds,
      List<? extends Operand<T>> by) {
    GradientRegistry.install();
    Set<GraphOperation> wanted = new HashSet<>();
    by.forEach(tensor -> wanted.add(graph.operationOrThrow(tensor.op().name())));
    Set<GraphOperation> ancestors = ancestors(graph, values, wanted);
    List<Output<?>> reached = new ArrayList<>();
    for (Operand<T> tensor : by) {
      if (ancestors.contains(graph.operationOrThrow(tensor.op().name()))) {
        reached.add(tensor.asOutput());
      }
    }
    // TensorFlow loses what a value passes on to another one that it depends on, unless it meets
    // them in a lucky order. Of the identities none depends on another.
    List<Operand<T>> ends = new ArrayList<>();
    values.forEach(value -> ends.add(values.size() == 1 ? value : tf.identity(value)));
    @Nullable Output<?>[] derivatives = new Output<?>[0];
    if (!reached.isEmpty()) {
      requireGradients(graph, reached, values);
      derivatives =
          graph.addGradients(
              tf.scope().makeOpName("gradients"),
              outputs(ends),
              reached.toArray(new Output<?>[0]),
              outputs(seeds));
    }
    List<@Nullable Operand<T>> all = new ArrayList<>();
    int next = 0;
    for (Operand<T> tensor : by) {
      Output<?> derivative = null;
      if (next < reached.size() && reached.get(next).equals(tensor.asOutput())) {
        derivative = derivatives[next++];
      }
      all.add(
          derivative == null || NoGradient.is(derivative)
              ? null
              : derivative.expect(tensor.type()));
    }
    return all;
  }

  private static <T extends TNumber> List<Operand<T>> filled(
      Ops tf, List<? extends Operand<T>> by, List<@Nullable Operand<T>> derivatives) {
    List<Operand<T>> all = new ArrayList<>();
    for (int index = 0; index < by.size(); index++) {
      Operand<T> derivative = derivatives.get(index);
      all.add(derivative == null ? tf.zerosLike(by.get(index)) : derivative);
    }
    return List.copyOf(all);
  }

  private static Output<?>[] outputs(List<? extends Operand<?>> tensors) {
    return tensors.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
  }

  private static Graph graph(Ops tf) {
    if (tf.scope().env() instanceof Graph graph) {
      return graph;
    }
    throw new IllegalArgumentException("derivatives need a graph, not eager execution");
  }

  private static void requireGradients(
      Graph graph, List<Output<?>> from, List<? extends Operand<?>> values) {
    Set<GraphOperation> ends = new HashSet<>();
    values.forEach(value -> ends.add(graph.operationOrThrow(value.op().name())));
    DifferentiablePaths.obstacle(from, ends)
        .ifPresent(
            obstacle -> {
              throw new MissingGradientException(
                  values.get(0).op().name(),
                  obstacle.operation().name(),
                  obstacle.operation().type(),
                  obstacle.reason());
            });
  }

  // Breadth first and only until all wanted operations are found: an unrolled loop asks for the
  // derivative of each step, which lies near, in a graph that holds all steps before it. Behind a
  // stopGradient there is nothing to find.
  private static Set<GraphOperation> ancestors(
      Graph graph, List<? extends Operand<?>> values, Set<GraphOperation> wanted) {
    Set<GraphOperation> missing = new HashSet<>(wanted);
    Set<GraphOperation> seen = new HashSet<>();
    Deque<GraphOperation> open = new ArrayDeque<>();
    for (Operand<?> value : values) {
      GraphOperation start = graph.operationOrThrow(value.op().name());
      if (seen.add(start)) {
        open.add(start);
      }
    }
    while (!open.isEmpty() && !missing.isEmpty()) {
      GraphOperation operation = open.remove();
      missing.remove(operation);
      if (operation.type().equals("StopGradient")) {
        continue;
      }
      for (int input = 0; input < operation.numInputs(); input++) {
        if (operation.input(input).op() instanceof GraphOperation source && seen.add(source)) {
          open.add(source);
        }
      }
    }
    return seen;
  }
}
