package io.tandem.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A chart of dots as XChart draws it. */
final class DrawnDots {
  /** About the width of the plot, pixels. */
  static final double WIDTH_OF_PLOT = 780;

  private static final float MEAN = 2.4f;

  /** A dot is a line without length and with round ends: a sixth of the text of a circle. */
  private static final float DOT = 7;

  /** Dots of all groups together: with them a picture stays below 60 KB. */
  private static final int MOST_DOTS = 1500;

  /** Of the distance between two groups: XChart then has a tick at each of them. */
  private static final double SPACING = 0.95;

  private DrawnDots() {}

  /** Prepares a chart for painting. */
  static XYChart of(DotChart chart, OutlinedTexts texts) {
    ValueAxis axis = chart.axis();
    AxisScale scale = AxisScale.of(axis);
    int groups = chart.groups().size();
    XYChart drawn =
        new XYChartBuilder()
            .width(DrawnChart.WIDTH)
            .height(DrawnChart.HEIGHT)
            .title(texts.note(chart.title(), TextRole.TITLE))
            .xAxisTitle(texts.note(chart.groupsAre(), TextRole.AXIS))
            .yAxisTitle(texts.note(axis.label(chart.unit()), TextRole.AXIS))
            .build();
    XYStyler styler = drawn.getStyler();
    DrawnChart.style(styler, groups);
    DrawnChart.values(styler, axis, scale, texts);
    styler.setLegendVisible(false);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setXAxisMin(0.5);
    styler.setXAxisMax(groups + 0.5);
    styler.setXAxisTickMarkSpacingHint((int) (SPACING * WIDTH_OF_PLOT / groups));
    styler.setXAxisTickLabelsFormattingFunction(
        step -> texts.note(String.format(Locale.ROOT, "%.2f", step), TextRole.TICK));
    for (int index = 0; index < groups; index++) {
      Curve dots = finite(chart.dots(index));
      if (dots.steps().length > 0) {
        Curve thinned = MinMaxThinning.thin(dots, Math.max(1, MOST_DOTS / 2 / groups));
        Curve shown = separate(scaled(thinned, axis, scale));
        add(drawn, index + " " + dots.name(), shown, DrawnChart.colour(index), DOT);
      }
    }
    add(drawn, "means", scaled(chart.means(), axis, scale), DrawnChart.INK, MEAN);
    return drawn;
  }

  /** The number of the group that a tick stands for, from 1; 0 between two groups. */
  static int group(String tick) {
    return tick.endsWith(".00") ? (int) Double.parseDouble(tick) : 0;
  }

  private static Curve finite(Curve curve) {
    int[] kept =
        IntStream.range(0, curve.values().length)
            .filter(index -> Double.isFinite(curve.values()[index]))
            .toArray();
    return new Curve(
        curve.name(),
        Arrays.stream(kept).mapToDouble(index -> curve.steps()[index]).toArray(),
        Arrays.stream(kept).mapToDouble(index -> curve.values()[index]).toArray());
  }

  private static Curve scaled(Curve curve, ValueAxis axis, AxisScale scale) {
    return curve.map(
        value -> Double.isNaN(value) ? value : scale.forth().applyAsDouble(axis.clamped(value)));
  }

  /** Each value twice, and a gap after it. */
  private static Curve separate(Curve dots) {
    int count = 3 * dots.steps().length;
    double[] places = new double[count];
    double[] values = new double[count];
    for (int index = 0; index < count; index++) {
      places[index] = dots.steps()[index / 3];
      values[index] = index % 3 == 2 ? Double.NaN : dots.values()[index / 3];
    }
    return new Curve(dots.name(), places, values);
  }

  private static void add(XYChart drawn, String name, Curve curve, Color colour, float width) {
    XYSeries series = drawn.addSeries(name, curve.steps(), curve.values());
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(colour);
    series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }
}
