package io.tandem.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/** Double arrays in and out of a session, and central differences of what it computes. */
public final class Doubles {
  private Doubles() {}

  /** Fetches real tensors, each flattened row-major, with one placeholder fed. */
  public static <T extends TNumber> List<double[]> run(
      Session session, Operand<?> placeholder, double[] value, List<Operand<T>> fetches) {
    try (Tensor tensor =
        placeholder.type().equals(TFloat32.class)
            ? TFloat32.tensorOf(Shape.of(value.length), DataBuffers.of(floats(value)))
            : TFloat64.tensorOf(Shape.of(value.length), DataBuffers.of(value))) {
      return fetch(session.runner().feed(placeholder, tensor), fetches);
    }
  }

  /** Fetches real tensors, each flattened row-major. */
  public static <T extends TNumber> List<double[]> fetch(
      Session.Runner runner, List<Operand<T>> fetches) {
    fetches.forEach(runner::fetch);
    try (Result result = runner.run()) {
      List<double[]> all = new ArrayList<>();
      for (int index = 0; index < fetches.size(); index++) {
        all.add(flat(result.get(index)));
      }
      return all;
    }
  }

  /** The gradient of a scalar function by central differences. */
  public static double[] differences(
      ToDoubleFunction<double[]> function, double[] point, double step) {
    double[] gradient = new double[point.length];
    for (int index = 0; index < point.length; index++) {
      double[] moved = point.clone();
      moved[index] = point[index] + step;
      double above = function.applyAsDouble(moved);
      moved[index] = point[index] - step;
      gradient[index] = (above - function.applyAsDouble(moved)) / (2 * step);
    }
    return gradient;
  }

  private static double[] flat(Tensor tensor) {
    if (tensor instanceof TFloat64 doubles) {
      double[] values = new double[(int) doubles.size()];
      doubles.asRawTensor().data().asDoubles().read(values);
      return values;
    }
    float[] values = new float[(int) tensor.size()];
    tensor.asRawTensor().data().asFloats().read(values);
    double[] wide = new double[values.length];
    for (int index = 0; index < values.length; index++) {
      wide[index] = values[index];
    }
    return wide;
  }

  private static float[] floats(double[] values) {
    float[] narrow = new float[values.length];
    for (int index = 0; index < values.length; index++) {
      narrow[index] = (float) values[index];
    }
    return narrow;
  }
}
