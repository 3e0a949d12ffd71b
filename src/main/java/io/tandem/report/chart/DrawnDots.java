package io.tandem.report.chart;

import java.awt.BasicStroke;
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
  static final double WIDTH_OF_PLOT = 800;

  private static final float MEAN = 2.4f;

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
        add(drawn, index, scaled(dots, axis, scale));
      }
    }
    means(drawn, scaled(chart.means(), axis, scale));
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

  private static void add(XYChart drawn, int index, Curve dots) {
    XYSeries series = drawn.addSeries(index + " " + dots.name(), dots.steps(), dots.values());
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(new Dot());
    series.setMarkerColor(DrawnChart.colour(index));
  }

  private static void means(XYChart drawn, Curve means) {
    XYSeries series = drawn.addSeries("means", means.steps(), means.values());
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(DrawnChart.INK);
    series.setLineStyle(new BasicStroke(MEAN, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }
}
