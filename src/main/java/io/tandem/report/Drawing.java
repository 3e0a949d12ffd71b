package io.tandem.report;

import io.tandem.space.Architecture;
import io.tandem.space.Candidate;
import io.tandem.space.ConvolutionOperation;
import io.tandem.space.Hyperparameter;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.PerceptronArchitecture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A picture of a network and its optimizer as SVG: layers from top to bottom, shortcuts into round
 * adders, and beside them a card with the optimizer.
 */
public final class Drawing {
  private static final double MARGIN = 32;
  private static final double HEADER = 62;
  private static final double GAP = 48;
  private static final double CARD_WIDTH = 236;
  private static final double CARD_LINE = 24;
  private static final double CARD_HEAD = 46;
  private static final int CORNER = 10;
  private static final String INK = "#1f2937";
  private static final String MUTED = "#6b7280";
  private static final String SHORTCUT = "#d97706";
  private static final String FONT =
      "Inter, 'Helvetica Neue', Arial, 'DejaVu Sans', 'Liberation Sans', sans-serif";

  private final StringBuilder svg = new StringBuilder();

  private Drawing() {}

  /**
   * What is written beside the parts.
   *
   * @param input what goes in, for example {@code 64 features}
   * @param weights number of trainable weights
   * @param width of all layers, for example {@code 24 filters}; empty if each has its own
   * @param classes number of classes
   */
  public record Captions(String input, long weights, Optional<String> width, int classes) {}

  /**
   * Draws a candidate whose network is a perceptron.
   *
   * @param candidate network and optimizer
   * @param features number of input features
   * @param classes number of classes
   * @param title heading; any text, it is escaped
   */
  public static String svg(Candidate candidate, int features, int classes, String title) {
    long weights = candidate.architecture().perceptron().parameters(features, classes);
    return svg(
        candidate, new Captions(features + " features", weights, Optional.empty(), classes), title);
  }

  /**
   * Draws a candidate.
   *
   * @param candidate network and optimizer
   * @param captions what is written beside the parts
   * @param title heading; any text, it is escaped
   */
  public static String svg(Candidate candidate, Captions captions, String title) {
    return new Drawing().draw(candidate, captions, title);
  }

  private String draw(Candidate candidate, Captions captions, String title) {
    Architecture architecture = candidate.architecture();
    NetworkLayout layout =
        architecture.match(
            perceptron ->
                NetworkLayout.of(
                    1,
                    perceptron.layers().stream().map(PerceptronArchitecture.Layer::skips).toList()),
            macro ->
                NetworkLayout.of(
                    2, macro.layers().stream().map(MacroArchitecture.Layer::skips).toList()),
            micro -> {
              throw new IllegalArgumentException("micro networks are not there yet");
            });
    Map<String, String> card = card(candidate.optimizer());
    double cardHeight = CARD_HEAD + CARD_LINE * card.size() + CARD_LINE / 2;
    double total = MARGIN + layout.width() + GAP + CARD_WIDTH + MARGIN;
    double height = MARGIN + HEADER + Math.max(layout.height(), cardHeight) + MARGIN;
    open(total, height);
    text(MARGIN, MARGIN + 18, 20, "700", INK, "start", title);
    String count = String.format(Locale.ROOT, "%,d trainable weights", captions.weights());
    String width = captions.width().map(filters -> " · " + filters).orElse("");
    text(MARGIN, MARGIN + 40, 13, "400", MUTED, "start", count + width);
    tag("g transform=\"translate(%s %s)\"", MARGIN, MARGIN + HEADER);
    layout.edges().stream().filter(NetworkLayout.Edge::shortcut).forEach(this::edge);
    layout.edges().stream().filter(edge -> !edge.shortcut()).forEach(this::edge);
    layout.adders().forEach(this::adder);
    box(layout.boxes().get(0), "#f3f4f6", "#9ca3af", "input", captions.input(), 0);
    String last =
        architecture.match(
            perceptron -> perceptron(perceptron, layout),
            macro -> macro(macro, layout),
            micro -> {
              throw new IllegalArgumentException("micro networks are not there yet");
            });
    box(
        layout.boxes().get(layout.boxes().size() - 1),
        "#ecfdf5",
        "#10b981",
        last,
        "output · " + captions.classes() + " classes",
        0);
    svg.append("</g>\n");
    card(card, MARGIN + layout.width() + GAP, MARGIN + HEADER, cardHeight);
    return svg.append("</svg>\n").toString();
  }

  private void open(double width, double height) {
    String w = SvgText.number(width);
    String h = SvgText.number(height);
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(w);
    svg.append("\" height=\"").append(h).append("\" viewBox=\"0 0 ").append(w).append(' ');
    svg.append(h).append("\" font-family=\"").append(FONT).append("\">\n");
    arrow("arrow", MUTED);
    arrow("shortcut", SHORTCUT);
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
  }

  private void arrow(String id, String colour) {
    svg.append("<marker id=\"").append(id).append("\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\"");
    svg.append(" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">");
    svg.append("<path d=\"M0 0.8 L8 4 L0 7.2 Z\" fill=\"").append(colour).append("\"/></marker>\n");
  }

  /** The boxes of the layers; says what the last one is. */
  private String perceptron(PerceptronArchitecture architecture, NetworkLayout layout) {
    int layers = architecture.layers().size();
    int widest =
        architecture.layers().stream()
            .mapToInt(PerceptronArchitecture.Layer::units)
            .max()
            .orElse(1);
    for (int index = 0; index < layers; index++) {
      PerceptronArchitecture.Layer layer = architecture.layers().get(index);
      String activation = layer.activation().name().toLowerCase(Locale.ROOT);
      String note = "layer " + index;
      if (layer.dropout() > 0) {
        note += " · dropout " + layer.dropout();
      }
      box(
          layout.boxes().get(index + 1),
          "#eff6ff",
          "#3b82f6",
          layer.units() + " units · " + activation,
          note,
          (double) layer.units() / widest);
    }
    return "softmax";
  }

  /** The boxes of stem and layers; says what the last one is. */
  private String macro(MacroArchitecture architecture, NetworkLayout layout) {
    box(layout.boxes().get(1), "#eff6ff", "#3b82f6", "conv 3x3", "stem", 0);
    List<Integer> reductions = MacroArchitecture.reductions(architecture.layers().size());
    for (int index = 0; index < architecture.layers().size(); index++) {
      ConvolutionOperation operation = architecture.layers().get(index).operation();
      String note = "layer " + index;
      if (reductions.contains(index + 1)) {
        note += " · then half the size";
      }
      box(
          layout.boxes().get(index + 2),
          operation.isPooling() ? "#ecfeff" : "#eff6ff",
          operation.isPooling() ? "#06b6d4" : "#3b82f6",
          words(operation.name()),
          note,
          0);
    }
    return "mean · linear · softmax";
  }

  /** {@code share}: the layer's width relative to the widest, shown as a bar; 0 for none. */
  private void box(
      NetworkLayout.Box box, String fill, String stroke, String head, String note, double share) {
    double centre = box.x() + NetworkLayout.BOX_WIDTH / 2;
    rectangle(box.x(), box.y(), NetworkLayout.BOX_WIDTH, NetworkLayout.BOX_HEIGHT, fill, stroke);
    text(centre, box.y() + 25, 15, "600", INK, "middle", head);
    text(centre, box.y() + 43, 12, "400", MUTED, "middle", note);
    if (share > 0) {
      double length = share * (NetworkLayout.BOX_WIDTH - 4 * CORNER);
      tag(
          "rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"3\" rx=\"1.5\" fill=\"" + stroke + "\"/",
          centre - length / 2,
          box.y() + NetworkLayout.BOX_HEIGHT - 7,
          length);
    }
  }

  private void adder(NetworkLayout.Point centre) {
    tag(
        "circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"#fffbeb\" stroke=\""
            + SHORTCUT
            + "\" stroke-width=\"1.5\"/",
        centre.x(),
        centre.y(),
        NetworkLayout.ADDER / 2);
    tag(
        "path d=\"M%s %s h10 m-5 -5 v10\" stroke=\"" + SHORTCUT + "\" stroke-width=\"1.8\"/",
        centre.x() - 5,
        centre.y());
  }

  private void edge(NetworkLayout.Edge edge) {
    StringBuilder path = new StringBuilder();
    for (NetworkLayout.Point point : edge.points()) {
      path.append(path.isEmpty() ? "M" : " L");
      path.append(SvgText.number(point.x())).append(' ').append(SvgText.number(point.y()));
    }
    svg.append("<path d=\"").append(path).append("\" fill=\"none\" stroke=\"");
    svg.append(edge.shortcut() ? SHORTCUT : MUTED);
    svg.append("\" stroke-width=\"1.6\" stroke-linejoin=\"round\" marker-end=\"url(#");
    svg.append(edge.shortcut() ? "shortcut" : "arrow").append(")\"/>\n");
  }

  private static Map<String, String> card(OptimizerSettings optimizer) {
    Map<String, String> card = new LinkedHashMap<>();
    card.put("family", optimizer.family().name().toLowerCase(Locale.ROOT));
    card.put("schedule", words(optimizer.schedule().name()));
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      double value = optimizer.get(hyperparameter);
      card.put(words(hyperparameter.name()), value == 0 ? "0" : significant(value));
    }
    return card;
  }

  private static String words(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Three significant digits without needless zeros. */
  private static String significant(double value) {
    double size = Math.abs(value);
    if (size < 1e-3 || size >= 1e5) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }

  private void card(Map<String, String> card, double x, double y, double height) {
    rectangle(x, y, CARD_WIDTH, height, "#faf5ff", "#8b5cf6");
    text(x + 18, y + 28, 15, "600", INK, "start", "trained by");
    double line = y + CARD_HEAD + CARD_LINE / 2;
    for (Map.Entry<String, String> entry : card.entrySet()) {
      text(x + 18, line, 13, "400", MUTED, "start", entry.getKey());
      text(x + CARD_WIDTH - 18, line, 13, "600", INK, "end", entry.getValue());
      line += CARD_LINE;
    }
  }

  private void rectangle(
      double x, double y, double width, double height, String fill, String stroke) {
    String colours = " fill=\"" + fill + "\" stroke=\"" + stroke + "\" stroke-width=\"1.4\"/";
    tag(
        "rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"" + CORNER + "\"" + colours,
        x,
        y,
        width,
        height);
  }

  private void text(
      double x, double y, int size, String weight, String fill, String anchor, String content) {
    svg.append("<text x=\"").append(SvgText.number(x)).append("\" y=\"").append(SvgText.number(y));
    svg.append("\" font-size=\"").append(size).append("\" font-weight=\"").append(weight);
    svg.append("\" fill=\"").append(fill).append("\" text-anchor=\"").append(anchor).append("\">");
    svg.append(SvgText.escape(content)).append("</text>\n");
  }

  private void tag(String pattern, double... numbers) {
    int next = 0;
    int from = 0;
    svg.append('<');
    for (int at = pattern.indexOf("%s"); at >= 0; at = pattern.indexOf("%s", from)) {
      svg.append(pattern, from, at).append(SvgText.number(numbers[next++]));
      from = at + 2;
    }
    svg.append(pattern, from, pattern.length()).append(">\n");
  }
}
