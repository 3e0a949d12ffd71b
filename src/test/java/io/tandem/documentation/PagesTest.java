package io.tandem.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A link that leads to nothing makes a reader doubt the rest. The same pages are read on a code
 * host and as the generated site, which find files and headings by different rules.
 */
final class PagesTest {
  private static final Path SITE = Path.of("src/site/markdown");

  private static List<Page> pages(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).map(Page::read).toList();
    }
  }

  private static Stream<Page> sources() throws IOException {
    return Stream.concat(
        Stream.of(Path.of("README.md"), Path.of("tools/serving/README.md")).map(Page::read),
        pages(SITE, ".md").stream());
  }

  @Test
  void sources_relativeLinks_leadSomewhere() throws IOException {
    assertThat(sources().flatMap(page -> page.dead().stream())).isEmpty();
  }

  /** The generated site makes other anchors of headings than a code host does. */
  @Test
  void sources_linksToHeadings_findAnAnchorWrittenInThePage() throws IOException {
    assertThat(sources().flatMap(page -> page.linksThat(link -> !isWritten(page, link)).stream()))
        .as("links whose heading lacks a line <a id=\"...\"></a> before it")
        .isEmpty();
  }

  private static boolean isWritten(Page page, String link) {
    String anchor = Page.anchor(link);
    return anchor.isEmpty() || Page.read(page.target(link)).written().contains(anchor);
  }

  /** The generated site holds nothing but the pages and their pictures. */
  @Test
  void sources_linksOfTheSite_stayWithinIt() throws IOException {
    assertThat(
            pages(SITE, ".md").stream()
                .flatMap(
                    page -> page.linksThat(link -> !page.target(link).startsWith(SITE)).stream()))
        .isEmpty();
  }

  @Test
  void readme_filesOfTheSourceTreeInCommands_exist() throws IOException {
    List<String> files =
        Files.readString(Path.of("README.md"))
            .lines()
            .filter(line -> line.startsWith("    ./tandem "))
            .flatMap(line -> Stream.of(line.strip().split(" ")))
            .filter(word -> word.startsWith("src/") || word.startsWith("configs/"))
            .toList();
    assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(Path.of(file)).isRegularFile());
  }

  @Test
  void menu_everyPage_isInIt() throws IOException {
    List<String> menu =
        Jsoup.parse(Files.readString(Path.of("src/site/site.xml")), "", Parser.xmlParser())
            .select("item[href]")
            .eachAttr("href");
    List<String> expected =
        pages(SITE, ".md").stream()
            .map(page -> SITE.relativize(page.file()).toString().replace('\\', '/'))
            .map(name -> name.replaceFirst("md$", "html"))
            .toList();
    assertThat(menu).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** In a distribution the pages lie in {@code docs}. */
  @Test
  void distribution_linksOfItsReadme_leadToPages() {
    Page readme = Page.read(Path.of("src/build/distribution/README.md"));
    assertThat(readme.links())
        .isNotEmpty()
        .allSatisfy(link -> assertThat(SITE.resolve(link.replaceFirst("^docs/", ""))).exists());
  }

  /** Run by {@code ci/check.sh}, which makes the site first. */
  @Test
  @EnabledIfSystemProperty(named = "tandem.site", matches = ".+")
  void site_relativeLinks_leadSomewhere() throws IOException {
    List<Page> pages = pages(Path.of(System.getProperty("tandem.site", "")), ".html");
    assertThat(pages).hasSameSizeAs(pages(SITE, ".md"));
    assertThat(pages.stream().flatMap(page -> page.dead().stream())).isEmpty();
  }
}
