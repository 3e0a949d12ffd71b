package io.tandem.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.gradient.Gradients;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * Derivatives of a function of several tensors, order by order.
 *
 * <p>The function's output {@code y} becomes the scalar {@code S0 = Σ c·sin(y + 0.3)}, which has
 * derivatives of all orders even where the function is linear; {@code D_k} is the derivative of
 * {@code S_(k-1)} by all inputs and {@code S_k = <D_k, u_k>} with a fixed direction. Inputs lie in
 * {@code (-1, 1)} and differ from each other, so that maxima are unique.
 */
public final class Derivatives {
  private static final double STEP = 5e-4;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  /** A function of tensors as a part of a graph. */
  public interface Function<T extends TNumber> {
    /** Adds the function to the graph. */
    Operand<T> apply(Ops tf, List<Operand<T>> inputs);
  }

  private Derivatives() {}

  /**
   * Asserts that the derivatives up to some order agree with central differences of the order
   * below, in float64 to 1e-8.
   *
   * @param orders how many, at least one
   * @param shapes shapes of the inputs
   * @param function the function
   */
  public static void check(int orders, List<Shape> shapes, Function<TFloat64> function) {
    try (Built<TFloat64> built = new Built<>(TFloat64.class, orders, shapes, function)) {
      double[] point = built.point();
      List<double[]> here = built.run(point);
      for (int trial = 1; trial <= 3; trial++) {
        double[] direction = numbers(point.length, 10 + trial);
        List<List<double[]>> around = new ArrayList<>();
        for (int multiple : new int[] {-2, -1, 1, 2}) {
          around.add(built.run(moved(point, direction, multiple * STEP)));
        }
        for (int order = 0; order < orders; order++) {
          double difference =
              (around.get(0).get(order)[0]
                      - 8 * around.get(1).get(order)[0]
                      + 8 * around.get(2).get(order)[0]
                      - around.get(3).get(order)[0])
                  / (12 * STEP);
          double[] derivative = here.get(orders + order);
          assertThat(dot(derivative, direction))
              .as("order %d, direction %d", order + 1, trial)
              .isCloseTo(difference, within(1e-8 * Math.max(1, norm(derivative))));
        }
      }
    }
  }

  /**
   * The derivatives themselves.
   *
   * @param type number type
   * @param orders how many
   * @param shapes shapes of the inputs
   * @param function the function
   * @return {@code D_1}, {@code D_2}, ..., each by all inputs one after the other
   */
  public static <T extends TNumber> List<double[]> of(
      Class<T> type, int orders, List<Shape> shapes, Function<T> function) {
    try (Built<T> built = new Built<>(type, orders, shapes, function)) {
      return built.run(built.point()).subList(orders, 2 * orders);
    }
  }

  /** Asserts that derivatives agree, relative to their norm. */
  public static void agree(List<double[]> actual, List<double[]> expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int order = 0; order < expected.size(); order++) {
      double[] difference = moved(actual.get(order), expected.get(order), -1);
      assertThat(norm(expected.get(order))).as("order %d", order + 1).isPositive();
      assertThat(norm(difference) / norm(expected.get(order)))
          .as("relative difference at order %d", order + 1)
          .isLessThan(tolerance);
    }
  }

  /** Different numbers in {@code (-1, 1)}, spread evenly; other ones for another stream. */
  public static double[] numbers(int count, int stream) {
    double[] values = new double[count];
    for (int index = 0; index < count; index++) {
      double turns = GOLDEN * (index + 1) + 0.137 * stream * stream;
      values[index] = 2 * (turns - Math.floor(turns)) - 1;
    }
    return values;
  }

  private static double[] moved(double[] point, double[] direction, double by) {
    double[] moved = point.clone();
    for (int index = 0; index < moved.length; index++) {
      moved[index] += by * direction[index];
    }
    return moved;
  }

  private static double dot(double[] left, double[] right) {
    double sum = 0;
    for (int index = 0; index < left.length; index++) {
      sum += left[index] * right[index];
    }
    return sum;
  }

  private static double norm(double[] values) {
    return Math.sqrt(dot(values, values));
  }

  /** The graph with the scalars and their derivatives. */
  private static final class Built<T extends TNumber> implements AutoCloseable {
    private final Graph graph = new Graph();
    private final Session session = new Session(graph);
    private final int size;
    private final Placeholder<T> inputs;
    private final List<Operand<T>> fetches = new ArrayList<>();

    Built(Class<T> type, int orders, List<Shape> shapes, Function<T> function) {
      Ops tf = Ops.create(graph);
      size = (int) shapes.stream().mapToLong(shape -> Math.max(1, shape.size())).sum();
      inputs = tf.placeholder(type, Placeholder.shape(Shape.of(size)));
      Operand<T> output = function.apply(tf, split(tf, shapes));
      Operand<T> shifted = tf.math.add(output, tf.dtypes.cast(tf.constant(0.3), type));
      Operand<T> flat = tf.reshape(tf.math.sin(shifted), tf.constant(new int[] {-1}));
      Operand<T> value = weighted(tf, flat, (int) flat.shape().get(0), 1);
      List<Operand<T>> derivatives = new ArrayList<>();
      for (int order = 0; order < orders; order++) {
        fetches.add(value);
        Operand<T> derivative = Gradients.of(tf, graph, value, List.of(inputs)).get(0);
        derivatives.add(derivative);
        value = weighted(tf, derivative, size, 2 + order);
      }
      fetches.addAll(derivatives);
    }

    double[] point() {
      return numbers(size, 0);
    }

    List<double[]> run(double[] at) {
      return Doubles.run(session, inputs, at, fetches);
    }

    private List<Operand<T>> split(Ops tf, List<Shape> shapes) {
      List<Operand<T>> parts = new ArrayList<>();
      int begin = 0;
      for (Shape shape : shapes) {
        int length = (int) Math.max(1, shape.size());
        Operand<T> part =
            tf.slice(inputs, tf.constant(new int[] {begin}), tf.constant(new int[] {length}));
        parts.add(tf.reshape(part, tf.constant(shape)));
        begin += length;
      }
      return parts;
    }

    private static <T extends TNumber> Operand<T> weighted(
        Ops tf, Operand<T> vector, int length, int stream) {
      if (length < 1) {
        throw new IllegalArgumentException("the shape of the output must be known");
      }
      Operand<T> weights = tf.dtypes.cast(tf.constant(numbers(length, stream)), vector.type());
      return tf.reduceSum(tf.math.mul(vector, weights), tf.constant(0));
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }
}
