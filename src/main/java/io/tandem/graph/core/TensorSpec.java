package io.tandem.graph.core;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TType;

/**
 * A tensor of a graph by name, with the type and shape that are expected of it.
 *
 * @param <T> its type
 * @param name name of operation and output, for example {@code policy/seed:0}
 * @param type its type
 * @param shape its shape, -1 for sizes known at run time
 */
public record TensorSpec<T extends TType>(String name, Class<T> type, Shape shape) {

  /** The specification of an operand. */
  public static <T extends TType> TensorSpec<T> of(Operand<T> operand) {
    return new TensorSpec<>(
        operand.asOutput().op().name() + ":" + operand.asOutput().index(),
        operand.type(),
        operand.shape());
  }

  /**
   * Finds the tensor.
   *
   * @param graph where it is
   * @throws IllegalArgumentException if it is absent or of another type
   */
  public Operand<T> in(Graph graph) {
    return graph.outputOrThrow(name).expect(type);
  }

  /** Feeds the tensor. */
  public Session.Runner feed(Session.Runner runner, T value) {
    return runner.feed(name, value);
  }

  /** Fetches the tensor. */
  public Session.Runner fetch(Session.Runner runner) {
    return runner.fetch(name);
  }

  /**
   * Reads the tensor from what a run returned; the result owns it.
   *
   * @param result result of the run
   * @param position position among the fetches
   */
  public T read(Result result, int position) {
    return type.cast(result.get(position));
  }
}
