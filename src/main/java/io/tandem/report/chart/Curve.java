package io.tandem.report.chart;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Values over steps. A value that is not finite is a gap.
 *
 * @param name legend
 * @param steps finite and ascending
 * @param values as many as steps
 */
public record Curve(String name, double[] steps, double[] values) {
  /** Checks the lengths. */
  public Curve {
    if (steps.length != values.length) {
      throw new IllegalArgumentException(steps.length + " steps, " + values.length + " values");
    }
  }

  /**
   * The curve of one figure of many rows.
   *
   * @param name legend
   * @param rows one for each point
   * @param step of a row
   * @param value of a row
   */
  public static <T> Curve of(
      String name, List<T> rows, ToDoubleFunction<T> step, ToDoubleFunction<T> value) {
    return new Curve(
        name,
        rows.stream().mapToDouble(step).toArray(),
        rows.stream().mapToDouble(value).toArray());
  }

  /** Reports whether there is nothing to draw. */
  public boolean isBlank() {
    return Arrays.stream(values).noneMatch(Double::isFinite);
  }

  /** Reports whether another curve has the same points, and so hides this one. */
  public boolean covers(Curve other) {
    return Arrays.equals(steps, other.steps) && Arrays.equals(values, other.values);
  }

  /** The curve under another name. */
  Curve named(String other) {
    return new Curve(other, steps, values);
  }

  /** The curve with gaps where a logarithmic axis has no place for a value. */
  Curve positive() {
    return map(value -> value > 0 ? value : Double.NaN);
  }

  /** The curve with every value between two gaps twice: a line of no length is a dot. */
  Curve dotted() {
    int[] kept =
        IntStream.range(0, values.length)
            .flatMap(index -> IntStream.generate(() -> index).limit(isAlone(index) ? 2 : 1))
            .toArray();
    return new Curve(
        name,
        Arrays.stream(kept).mapToDouble(index -> steps[index]).toArray(),
        Arrays.stream(kept).mapToDouble(index -> values[index]).toArray());
  }

  private boolean isAlone(int index) {
    return values.length > 1
        && Double.isFinite(values[index])
        && (index == 0 || !Double.isFinite(values[index - 1]))
        && (index + 1 == values.length || !Double.isFinite(values[index + 1]));
  }

  /** The curve with other values. */
  Curve map(DoubleUnaryOperator operator) {
    return new Curve(name, steps, Arrays.stream(values).map(operator).toArray());
  }
}
