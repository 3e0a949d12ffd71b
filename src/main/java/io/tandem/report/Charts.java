package io.tandem.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Curves over the outer steps of a search as SVG. Values that are not finite leave a gap. Empty
 * where there is nothing to draw or the machine has no fonts: a picture is never worth a run.
 */
public final class Charts {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 480;
  private static final int TICK_SIZE = 11;
  private static final Color BLUE = new Color(0x25, 0x63, 0xeb);
  private static final Color ORANGE = new Color(0xd9, 0x77, 0x06);
  private static final Color GREEN = new Color(0x05, 0x96, 0x69);
  private static final Color GRID = new Color(0xe5, 0xe7, 0xeb);

  static {
    System.setProperty("java.awt.headless", "true");
  }

  private Charts() {}

  /** Reward and validation loss before and after the inner steps. */
  public static Optional<String> reward(List<JournalEntry.Step> steps) {
    return draw(
        "Reward and validation loss",
        "reward, loss in nats",
        false,
        steps,
        List.of(
            new Curve("reward", BLUE, JournalEntry.Step::reward),
            new Curve("validation loss", ORANGE, JournalEntry.Step::validationLoss),
            new Curve("after inner steps", GREEN, JournalEntry.Step::validationLossAfter)));
  }

  /** Norms of the direct and of the response gradient, on a logarithmic axis. */
  public static Optional<String> gradients(List<JournalEntry.Step> steps) {
    return draw(
        "Direct and response gradients",
        "Euclidean norm",
        true,
        steps,
        List.of(
            new Curve("direct", BLUE, JournalEntry.Step::directNorm),
            new Curve("response", ORANGE, JournalEntry.Step::responseNorm)));
  }

  private record Curve(String name, Color colour, ToDoubleFunction<JournalEntry.Step> value) {
    boolean isDrawable(JournalEntry.Step step, boolean logarithmic) {
      double y = value.applyAsDouble(step);
      return Double.isFinite(y) && (!logarithmic || y > 0);
    }
  }

  private static Optional<String> draw(
      String title,
      String unit,
      boolean logarithmic,
      List<JournalEntry.Step> steps,
      List<Curve> curves) {
    try {
      XYChart chart = chart(title, unit, logarithmic);
      boolean empty = true;
      for (Curve curve : curves) {
        List<JournalEntry.Step> drawable =
            steps.stream().filter(step -> curve.isDrawable(step, logarithmic)).toList();
        if (!drawable.isEmpty()) {
          add(chart, curve, drawable);
          empty = false;
        }
      }
      return empty ? Optional.empty() : Optional.of(paint(chart));
    } catch (IOException | ParserConfigurationException | RuntimeException | LinkageError noFonts) {
      return Optional.empty();
    } catch (InternalError noFontConfiguration) {
      return Optional.empty();
    }
  }

  private static void add(XYChart chart, Curve curve, List<JournalEntry.Step> steps) {
    XYSeries series =
        chart.addSeries(
            curve.name(),
            steps.stream().mapToDouble(JournalEntry.Step::step).toArray(),
            steps.stream().mapToDouble(curve.value()).toArray());
    series.setMarker(steps.size() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    series.setMarkerColor(curve.colour());
    series.setLineColor(curve.colour());
    series.setLineStyle(new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  private static XYChart chart(String title, String unit, boolean logarithmic) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("outer step")
            .yAxisTitle(unit)
            .build();
    var styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setChartTitleBoxVisible(false);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, TICK_SIZE));
    styler.setXAxisDecimalPattern("#,##0.##");
    styler.setYAxisLogarithmic(logarithmic);
    return chart;
  }

  private static String paint(XYChart chart) throws IOException, ParserConfigurationException {
    SVGGraphics2D graphics =
        new SVGGraphics2D(DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument());
    chart.paint(graphics, WIDTH, HEIGHT);
    var root = graphics.getRoot();
    root.setAttribute("viewBox", "0 0 " + WIDTH + " " + HEIGHT);
    root.setAttribute("width", String.valueOf(WIDTH));
    root.setAttribute("height", String.valueOf(HEIGHT));
    StringWriter text = new StringWriter();
    graphics.stream(root, text, true, false);
    return text.toString();
  }
}
