package io.tandem.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.commonmark.Extension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A page with its links and the anchors that they can point to.
 *
 * @param file the page, as Markdown or HTML
 * @param links targets of its relative links and pictures, as written
 * @param written anchors written into the page, which every reader knows
 * @param headings anchors that a code host makes of the headings
 */
record Page(Path file, List<String> links, Set<String> written, Set<String> headings) {
  private static final List<Extension> HEADINGS = List.of(HeadingAnchorExtension.create());

  /** Reads a page. */
  static Page read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException failure) {
      throw new IllegalStateException(file.toString(), failure);
    }
    boolean markdown = file.toString().endsWith(".md");
    Document plain = Jsoup.parse(markdown ? html(text, List.of()) : text);
    Document anchored = markdown ? Jsoup.parse(html(text, HEADINGS)) : plain;
    return new Page(file, links(plain), ids(plain), ids(anchored));
  }

  private static String html(String text, List<Extension> extensions) {
    return HtmlRenderer.builder()
        .extensions(extensions)
        .build()
        .render(Parser.builder().build().parse(text));
  }

  private static List<String> links(Document document) {
    List<String> links = new ArrayList<>();
    links.addAll(document.select("a[href], link[href]").eachAttr("href"));
    links.addAll(document.select("img[src], script[src]").eachAttr("src"));
    links.removeIf(link -> link.matches("[a-z]+:.*"));
    return List.copyOf(links);
  }

  private static Set<String> ids(Document document) {
    Set<String> ids = new TreeSet<>();
    for (Element element : document.select("[id]")) {
      ids.add(element.id());
    }
    return ids;
  }

  /** The links for which a condition holds, each with its page. */
  List<String> linksThat(Predicate<String> condition) {
    return links.stream().filter(condition).map(link -> file + ": " + link).toList();
  }

  /** The links that lead to nothing, each with its page. */
  List<String> dead() {
    return linksThat(link -> !leadsSomewhere(link));
  }

  private boolean leadsSomewhere(String link) {
    Path target = target(link);
    if (!Files.exists(target)) {
      return false;
    }
    String anchor = anchor(link);
    return anchor.isEmpty() || read(target).headings().contains(anchor);
  }

  /** The file that a relative link names; the page itself for a mere anchor. */
  Path target(String link) {
    String path = link.replaceFirst("#.*", "");
    return path.isEmpty() ? file : file.resolveSibling(path).normalize();
  }

  /** The part of a link after the hash; empty if it has none. */
  static String anchor(String link) {
    int hash = link.indexOf('#');
    return hash < 0 ? "" : link.substring(hash + 1);
  }
}
