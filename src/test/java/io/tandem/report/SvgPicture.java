package io.tandem.report;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What a person sees in a chart, read from its SVG. */
public record SvgPicture(String svg, Element root) {
  /**
   * A text with the point that it hangs on.
   *
   * @param content of it
   * @param size of its font, pixels
   * @param anchor {@code start}, {@code middle} or {@code end}
   * @param x of the anchor
   * @param y of the baseline
   */
  record Text(String content, double size, String anchor, double x, double y) {
    /** A digit is at most this share of a font's size wide, in the widest of common fonts. */
    private static final double WIDEST_DIGIT = 0.64;

    boolean isAtAxisOfValues() {
      return size == 11 && anchor.equals("end");
    }

    boolean isAtAxisOfSteps() {
      return size == 11 && anchor.equals("middle");
    }

    double width() {
      return WIDEST_DIGIT * size * content.length();
    }
  }

  public static SvgPicture of(String svg) {
    try {
      return new SvgPicture(
          svg,
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
              .getDocumentElement());
    } catch (Exception notXml) {
      throw new AssertionError(notXml);
    }
  }

  List<Text> texts() {
    return elements("text").stream()
        .map(
            text ->
                new Text(
                    text.getTextContent(),
                    Double.parseDouble(((Element) text.getParentNode()).getAttribute("font-size")),
                    text.getAttribute("text-anchor"),
                    Double.parseDouble(text.getAttribute("x")),
                    Double.parseDouble(text.getAttribute("y"))))
        .toList();
  }

  public List<String> contents() {
    return elements("text").stream().map(Element::getTextContent).toList();
  }

  List<Text> values() {
    return texts().stream().filter(Text::isAtAxisOfValues).toList();
  }

  List<Text> steps() {
    return texts().stream().filter(Text::isAtAxisOfSteps).toList();
  }

  /** The paths that are curves: they are clipped to the plot. */
  List<String> curves() {
    return elements("path").stream()
        .filter(path -> path.hasAttribute("clip-path"))
        .map(path -> path.getAttribute("d"))
        .toList();
  }

  List<String> paths() {
    return elements("path").stream().map(path -> path.getAttribute("d")).toList();
  }

  private List<Element> elements(String name) {
    NodeList nodes = root.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    IntStream.range(0, nodes.getLength()).forEach(i -> elements.add((Element) nodes.item(i)));
    return elements;
  }
}
