package io.tandem.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Curves over the outer steps of a search or tuning, or over the steps of a training, as SVG.
 * Values that are not finite leave a gap. Empty where there is nothing to draw or the machine has
 * no fonts: a picture is never worth a run.
 */
public final class Charts {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 480;
  private static final int TICK_SIZE = 11;
  private static final Color BLUE = new Color(0x25, 0x63, 0xeb);
  private static final Color ORANGE = new Color(0xd9, 0x77, 0x06);
  private static final Color GREEN = new Color(0x05, 0x96, 0x69);
  private static final List<Color> PALETTE =
      List.of(
          BLUE,
          ORANGE,
          GREEN,
          new Color(0xdb, 0x27, 0x77),
          new Color(0x7c, 0x3a, 0xed),
          new Color(0x4b, 0x55, 0x63));
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

  /** Outer loss and training loss over the outer steps of a tuning. */
  public static Optional<String> losses(List<JournalEntry.Tuned> steps) {
    return lines(
        "Losses",
        new Axes("outer step", "nats", false),
        List.of(
            tuned("outer loss", BLUE, steps, JournalEntry.Tuned::outerLoss),
            tuned("training loss", ORANGE, steps, JournalEntry.Tuned::trainingLoss)));
  }

  /** Norms of the hypergradient and its parts over the outer steps of a tuning. */
  public static Optional<String> hypergradient(List<JournalEntry.Tuned> steps) {
    return lines(
        "Hypergradient",
        new Axes("outer step", "Euclidean norm", true),
        List.of(
            tuned("whole", GREEN, steps, JournalEntry.Tuned::norm),
            tuned("direct", BLUE, steps, JournalEntry.Tuned::directNorm),
            tuned("response", ORANGE, steps, JournalEntry.Tuned::responseNorm)));
  }

  /**
   * Losses over the outer steps of a refinement and, below, the norm of the hypergradient on a
   * logarithmic axis.
   */
  public static Optional<String> refinement(List<JournalEntry.Tuned> steps) {
    return pictures(
        List.of(
            new Picture(
                "Refinement: losses",
                new Axes("outer step", "nats", false),
                List.of(
                    tuned("validation loss", BLUE, steps, JournalEntry.Tuned::outerLoss),
                    tuned("training loss", ORANGE, steps, JournalEntry.Tuned::trainingLoss))),
            new Picture(
                "Refinement: hypergradient",
                new Axes("outer step", "Euclidean norm", true),
                List.of(tuned("hypergradient", GREEN, steps, JournalEntry.Tuned::norm)))));
  }

  /**
   * Curves over the steps of one training.
   *
   * @param title of the picture
   * @param unit of the values
   * @param logarithmic whether the axis is logarithmic
   * @param curves values by name; the first step is 0
   */
  public static Optional<String> overTraining(
      String title, String unit, boolean logarithmic, Map<String, double[]> curves) {
    List<Series> all = new ArrayList<>();
    curves.forEach(
        (name, values) -> {
          double[] x = IntStream.range(0, values.length).asDoubleStream().toArray();
          all.add(new Series(name, PALETTE.get(all.size() % PALETTE.size()), x, values));
        });
    return lines(title, new Axes("training step", unit, logarithmic), all);
  }

  private static Series tuned(
      String name,
      Color colour,
      List<JournalEntry.Tuned> steps,
      ToDoubleFunction<JournalEntry.Tuned> value) {
    return new Series(
        name,
        colour,
        steps.stream().mapToDouble(JournalEntry.Tuned::step).toArray(),
        steps.stream().mapToDouble(value).toArray());
  }

  private record Curve(String name, Color colour, ToDoubleFunction<JournalEntry.Step> value) {
    Series of(List<JournalEntry.Step> steps) {
      return new Series(
          name,
          colour,
          steps.stream().mapToDouble(JournalEntry.Step::step).toArray(),
          steps.stream().mapToDouble(value).toArray());
    }
  }

  private record Axes(String across, String unit, boolean logarithmic) {}

  private record Series(String name, Color colour, double[] across, double[] values) {
    Series drawable(boolean logarithmic) {
      int[] kept =
          IntStream.range(0, values.length)
              .filter(
                  index -> Double.isFinite(values[index]) && (!logarithmic || values[index] > 0))
              .toArray();
      return new Series(
          name,
          colour,
          Arrays.stream(kept).mapToDouble(index -> across[index]).toArray(),
          Arrays.stream(kept).mapToDouble(index -> values[index]).toArray());
    }
  }

  private static Optional<String> draw(
      String title,
      String unit,
      boolean logarithmic,
      List<JournalEntry.Step> steps,
      List<Curve> curves) {
    return lines(
        title,
        new Axes("outer step", unit, logarithmic),
        curves.stream().map(curve -> curve.of(steps)).toList());
  }

  private record Picture(String title, Axes axes, List<Series> series) {
    /** Empty if none of the series has anything that can be drawn. */
    Optional<XYChart> drawn() {
      XYChart chart = chart(title, axes);
      List<Series> drawables =
          series.stream()
              .map(each -> each.drawable(axes.logarithmic()))
              .filter(drawable -> drawable.values().length > 0)
              .toList();
      drawables.forEach(drawable -> add(chart, drawable));
      return drawables.isEmpty() ? Optional.empty() : Optional.of(chart);
    }
  }

  private static Optional<String> lines(String title, Axes axes, List<Series> all) {
    return pictures(List.of(new Picture(title, axes, all)));
  }

  /** Pictures from top to bottom; those with nothing to draw are left out. */
  private static Optional<String> pictures(List<Picture> pictures) {
    try {
      List<XYChart> charts = pictures.stream().flatMap(each -> each.drawn().stream()).toList();
      return charts.isEmpty() ? Optional.empty() : Optional.of(paint(charts));
    } catch (IOException | ParserConfigurationException | RuntimeException | LinkageError noFonts) {
      return Optional.empty();
    } catch (InternalError noFontConfiguration) {
      return Optional.empty();
    }
  }

  private static void add(XYChart chart, Series drawable) {
    XYSeries series = chart.addSeries(drawable.name(), drawable.across(), drawable.values());
    series.setMarker(drawable.values().length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    series.setMarkerColor(drawable.colour());
    series.setLineColor(drawable.colour());
    series.setLineStyle(new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  private static XYChart chart(String title, Axes axes) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(axes.across())
            .yAxisTitle(axes.unit())
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
    styler.setYAxisLogarithmic(axes.logarithmic());
    return chart;
  }

  private static String paint(List<XYChart> charts)
      throws IOException, ParserConfigurationException {
    SVGGraphics2D graphics =
        new SVGGraphics2D(DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument());
    for (XYChart chart : charts) {
      chart.paint(graphics, WIDTH, HEIGHT);
      graphics.translate(0, HEIGHT);
    }
    int height = HEIGHT * charts.size();
    var root = graphics.getRoot();
    root.setAttribute("viewBox", "0 0 " + WIDTH + " " + height);
    root.setAttribute("width", String.valueOf(WIDTH));
    root.setAttribute("height", String.valueOf(height));
    StringWriter text = new StringWriter();
    graphics.stream(root, text, true, false);
    return text.toString();
  }
}
