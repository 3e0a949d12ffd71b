package io.tandem.report.chart;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.DefaultStyleHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.knowm.xchart.XYChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSSerializer;

/** Charts from top to bottom as one SVG picture. */
public final class ChartSheet {
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final String INK = "#1f2937";

  /** Attributes in which the shapes of charts differ. */
  private static final Set<String> STYLES =
      Set.of(
          "clip-path",
          "fill",
          "stroke",
          "stroke-dasharray",
          "stroke-linecap",
          "stroke-linejoin",
          "stroke-width");

  static {
    System.setProperty("java.awt.headless", "true");
  }

  private ChartSheet() {}

  /**
   * Draws charts.
   *
   * @param charts those with nothing to draw are left out
   * @return the picture; empty where there is nothing to draw or the machine has no fonts: a
   *     picture is never worth a run
   */
  public static Optional<String> svg(List<? extends SheetChart> charts) {
    List<SheetChart> drawn = new ArrayList<>(charts);
    drawn.removeIf(SheetChart::isBlank);
    try {
      return drawn.isEmpty() ? Optional.empty() : Optional.of(paint(drawn));
    } catch (ParserConfigurationException | RuntimeException | LinkageError noFonts) {
      return Optional.empty();
    } catch (InternalError noFontConfiguration) {
      return Optional.empty();
    }
  }

  private static String paint(List<SheetChart> charts) throws ParserConfigurationException {
    Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
    OutlinedTexts texts = new OutlinedTexts();
    SVGGeneratorContext context = context(document);
    ChartGraphics graphics = new ChartGraphics(context, texts);
    List<AnchoredText> written = new ArrayList<>();
    for (SheetChart chart : charts) {
      XYChart xchart = chart.draw(texts);
      xchart.paint(graphics, DrawnChart.WIDTH, DrawnChart.HEIGHT);
      graphics.flush();
      double plot = xchart.getScreenXFromChart(chart.left());
      for (PaintedText text : graphics.takeTexts()) {
        AnchoredText anchored = AnchoredText.of(text, plot);
        String content = anchored.isStep() ? chart.atStep(anchored.content()) : anchored.content();
        if (!content.isEmpty()) {
          written.add(anchored.saying(content));
        }
      }
      graphics.translate(0, DrawnChart.HEIGHT);
    }
    Element root = graphics.getRoot();
    size(root, DrawnChart.WIDTH, DrawnChart.HEIGHT * charts.size());
    write(root, context, written);
    return text(document, root);
  }

  private static SVGGeneratorContext context(Document document) {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment(null);
    context.setPrecision(1);
    context.setStyleHandler(
        new DefaultStyleHandler() {
          @Override
          protected boolean appliesTo(String style, String tag) {
            return STYLES.contains(style);
          }
        });
    return context;
  }

  private static void size(Element root, int width, int height) {
    root.setAttribute("viewBox", "0 0 " + width + " " + height);
    root.setAttribute("width", String.valueOf(width));
    root.setAttribute("height", String.valueOf(height));
  }

  private static void write(Element root, SVGGeneratorContext context, List<AnchoredText> texts) {
    Map<TextRole, Element> groups = new EnumMap<>(TextRole.class);
    for (AnchoredText text : texts) {
      Element group = groups.computeIfAbsent(text.role(), role -> group(root, role));
      Element element = append(group, "text");
      String x = context.doubleString(text.x());
      String y = context.doubleString(text.y());
      element.setAttribute("x", x);
      element.setAttribute("y", y);
      if (text.anchor() != AnchoredText.Anchor.START) {
        element.setAttribute("text-anchor", text.anchor().name().toLowerCase(Locale.ROOT));
      }
      if (text.upwards()) {
        element.setAttribute("transform", "rotate(-90 " + x + " " + y + ")");
      }
      element.setTextContent(text.content());
    }
  }

  private static Element group(Element root, TextRole role) {
    Element group = append(root, "g");
    group.setAttribute("fill", INK);
    group.setAttribute("stroke", "none");
    group.setAttribute("font-family", Typeface.FAMILY);
    group.setAttribute("font-size", String.valueOf(role.font().getSize()));
    group.setAttribute("font-weight", role.font().isBold() ? "600" : "400");
    return group;
  }

  private static Element append(Element parent, String name) {
    Element element = parent.getOwnerDocument().createElementNS(SVG, name);
    parent.appendChild(element);
    return element;
  }

  private static String text(Document document, Element root) {
    DOMImplementationLS load =
        (DOMImplementationLS) document.getImplementation().getFeature("LS", "3.0");
    LSSerializer serializer = load.createLSSerializer();
    serializer.getDomConfig().setParameter("xml-declaration", false);
    return serializer.writeToString(root) + "\n";
  }
}
