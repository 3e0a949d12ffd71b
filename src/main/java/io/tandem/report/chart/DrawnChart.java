package io.tandem.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A chart as XChart draws it. */
final class DrawnChart {
  static final int WIDTH = 900;
  static final int HEIGHT = 480;

  /** From a name of the legend to the line before and the one after it, pixels. */
  static final int LEGEND_PADDING = 16;

  static final Color INK = new Color(0x1f, 0x29, 0x37);
  private static final Color MUTED = new Color(0x6b, 0x72, 0x80);
  private static final Color GRID = new Color(0xe5, 0xe7, 0xeb);
  private static final List<Color> PALETTE =
      List.of(
          new Color(0x25, 0x63, 0xeb),
          new Color(0xd9, 0x77, 0x06),
          new Color(0x05, 0x96, 0x69),
          new Color(0xdb, 0x27, 0x77),
          new Color(0x7c, 0x3a, 0xed),
          new Color(0x4b, 0x55, 0x63));
  private static final float CURVE = 1.8f;
  private static final float[] DASHES = {7, 4};

  /** Points of all curves of a chart together: with them a picture stays below 60 KB. */
  private static final int POINTS = 2400;

  private static final int MOST_COLUMNS = 400;

  /** More names than that need a column of their own. */
  private static final int MOST_NAMES_IN_A_LINE = 4;

  private static final double SHARE_OF_PLOT = 0.95;

  /** Pixels from one number to the next, at least. */
  private static final int STEP_SPACING = 74;

  /** Fewer steps than that have a number each, or every second one. */
  private static final int FEW_STEPS = 12;

  /** Share of the span of the steps. */
  private static final double MARGIN = 0.0017;

  private DrawnChart() {}

  /**
   * Prepares a chart for painting.
   *
   * @param chart that is not blank
   * @param texts notes all texts of the chart
   */
  static XYChart of(LineChart chart, OutlinedTexts texts) {
    ValueAxis axis = chart.axis();
    List<Curve> curves = chart.drawn();
    XYChart drawn =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(texts.note(chart.title(), TextRole.TITLE))
            .xAxisTitle(texts.note(chart.steps(), TextRole.AXIS))
            .yAxisTitle(texts.note(axis.label(chart.unit()), TextRole.AXIS))
            .build();
    style(drawn.getStyler(), curves.size());
    AxisScale scale = AxisScale.of(axis);
    values(drawn.getStyler(), axis, scale, texts);
    steps(drawn, chart, texts);
    int columns = Math.min(MOST_COLUMNS, Math.max(1, POINTS / 2 / curves.size()));
    for (int index = 0; index < curves.size(); index++) {
      Curve curve =
          MinMaxThinning.thin(curves.get(index), columns)
              .map(value -> scale.forth().applyAsDouble(axis.clamped(value)))
              .dotted();
      texts.note(curve.name(), TextRole.LEGEND);
      add(drawn, curve, index);
    }
    return drawn;
  }

  /** What all charts have in common. */
  static void style(XYStyler styler, int curves) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotContentSize(SHARE_OF_PLOT);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new GridStroke());
    styler.setChartFontColor(INK);
    styler.setAxisTickMarksColor(MUTED);
    styler.setAxisTickLabelsColor(INK);
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitlePadding(10);
    styler.setChartTitleFont(TextRole.TITLE.font());
    styler.setAxisTitleFont(TextRole.AXIS.font());
    styler.setAxisTickLabelsFont(TextRole.TICK.font());
    styler.setLegendFont(TextRole.LEGEND.font());
    styler.setAxisTitlePadding(14);
    styler.setMarkerSize(Dot.TOLD);
    styler.setLegendPadding(LEGEND_PADDING);
    styler.setLegendBorderColor(Color.WHITE);
    boolean line = curves <= MOST_NAMES_IN_A_LINE;
    styler.setLegendPosition(
        line ? Styler.LegendPosition.OutsideS : Styler.LegendPosition.OutsideE);
    styler.setLegendLayout(line ? Styler.LegendLayout.Horizontal : Styler.LegendLayout.Vertical);
    styler.setXAxisTickMarkSpacingHint(STEP_SPACING);
    styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
  }

  /** The axis of values. */
  static void values(XYStyler styler, ValueAxis axis, AxisScale scale, OutlinedTexts texts) {
    styler.setYAxisLogarithmic(scale.logarithmic());
    styler.setYAxisLogarithmicDecadeOnly(false);
    styler.setYAxisMin(scale.low(axis));
    styler.setYAxisMax(scale.high(axis));
    styler.setYAxisTickMarkSpacingHint(scale.spacing());
    styler.setYAxisTickLabelsFormattingFunction(
        value -> texts.note(scale.labels().apply(value), TextRole.TICK));
  }

  private static void steps(XYChart drawn, LineChart chart, OutlinedTexts texts) {
    double first = chart.firstStep();
    double last = chart.lastStep();
    XYStyler styler = drawn.getStyler();
    styler.setXAxisTickLabelsFormattingFunction(
        step -> texts.note(TickLabels.step(step), TextRole.TICK));
    if (last - first > FEW_STEPS) {
      // At steps of equal distance XChart puts numbers such as 1, 5, 9; with these ends they are
      // not.
      styler.setXAxisMin(first - MARGIN * (last - first));
      styler.setXAxisMax(last + MARGIN * (last - first));
    }
  }

  /** The colour of a curve or group. */
  static Color colour(int index) {
    return PALETTE.get(index % PALETTE.size());
  }

  private static void add(XYChart drawn, Curve curve, int index) {
    Color colour = colour(index);
    XYSeries series = drawn.addSeries(curve.name(), curve.steps(), curve.values());
    series.setMarker(curve.steps().length == 1 ? new Dot() : SeriesMarkers.NONE);
    series.setMarkerColor(colour);
    series.setLineColor(colour);
    series.setLineStyle(
        index < PALETTE.size()
            ? new BasicStroke(CURVE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
            : new BasicStroke(CURVE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, DASHES, 0));
  }
}
