package io.tandem.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;

/**
 * Curves over common axes.
 *
 * @param title heading
 * @param steps what the steps are
 * @param unit of the values
 * @param logarithmic whether the axis of values is logarithmic in any case; else it is where all
 *     values are positive and span more than two decades
 * @param curves those that are blank are not drawn, and of equal ones only one, with all names
 */
public record LineChart(
    String title, String steps, String unit, boolean logarithmic, List<Curve> curves)
    implements SheetChart {
  /** Copies the list. */
  public LineChart {
    curves = List.copyOf(curves);
  }

  @Override
  public boolean isBlank() {
    return drawn().isEmpty();
  }

  @Override
  public XYChart draw(OutlinedTexts texts) {
    return DrawnChart.of(this, texts);
  }

  @Override
  public double left() {
    return firstStep();
  }

  @Override
  public String atStep(String number) {
    return number;
  }

  /** The curves with something to draw, each of them once. */
  List<Curve> drawn() {
    List<Curve> drawn = new ArrayList<>();
    for (Curve curve : curves) {
      Curve visible = logarithmic ? curve.positive() : curve;
      if (!visible.isBlank() && !joined(drawn, visible)) {
        drawn.add(visible);
      }
    }
    return drawn;
  }

  private static boolean joined(List<Curve> drawn, Curve curve) {
    for (int index = 0; index < drawn.size(); index++) {
      Curve other = drawn.get(index);
      if (curve.covers(other)) {
        drawn.set(index, other.named(other.name() + " = " + curve.name()));
        return true;
      }
    }
    return false;
  }

  /** The smallest step of all curves. */
  double firstStep() {
    return steps(drawn()).min().orElse(0);
  }

  /** The largest step of all curves. */
  double lastStep() {
    return steps(drawn()).max().orElse(0);
  }

  private static DoubleStream steps(List<Curve> curves) {
    return curves.stream().flatMapToDouble(curve -> DoubleStream.of(curve.steps()));
  }

  /** The axis that fits the curves. */
  ValueAxis axis() {
    return ValueAxis.of(
        drawn().stream().flatMapToDouble(curve -> DoubleStream.of(curve.values())).toArray(),
        logarithmic);
  }
}
