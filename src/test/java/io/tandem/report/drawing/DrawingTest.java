package io.tandem.report.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.disk.Json;
import io.tandem.report.Charts;
import io.tandem.report.Samples;
import io.tandem.report.journal.JournalEntry;
import io.tandem.space.Activation;
import io.tandem.space.Candidate;
import io.tandem.space.Goal;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MicroArchitecture;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.RecurrentArchitecture;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The picture is opened by browsers: it must be well-formed whatever the labels hold. */
class DrawingTest {
  @Test
  void svg_hostileTitle_isWellFormedAndEscaped() throws Exception {
    String title = "<script>alert('&\"')</script>\u0000\uD800";
    Document document = parse(Drawing.svg(Samples.candidate(), 64, 10, title));
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
    assertThat(document.getElementsByTagName("text").item(0).getTextContent())
        .isEqualTo("<script>alert('&\"')</script>\uFFFD\uFFFD");
  }

  @Test
  void svg_layersAndShortcuts_areAllDrawn() throws Exception {
    String svg = Drawing.svg(Samples.candidate(), 64, 10, "winner");
    assertThat(svg)
        .contains("64 features", "64 units · relu", "32 units · gelu", "10 classes", "6,570");
    Document document = parse(svg);
    assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(1);
    assertThat(arrows(document, "shortcut")).isEqualTo(1);
  }

  @Test
  void svg_manyLayersWithAllShortcuts_isDrawnTheSameTwice() throws Exception {
    List<PerceptronArchitecture.Layer> layers = new ArrayList<>();
    for (int index = 0; index < 9; index++) {
      List<Integer> skips = IntStream.range(0, index).boxed().toList();
      layers.add(new PerceptronArchitecture.Layer(64, Activation.TANH, 0.5, skips));
    }
    Candidate candidate =
        new Candidate(new PerceptronArchitecture(layers), Samples.candidate().optimizer());
    String svg = Drawing.svg(candidate, 64, 10, "deep");
    assertThat(parse(svg).getElementsByTagName("circle").getLength()).isEqualTo(8);
    assertThat(Drawing.svg(candidate, 64, 10, "deep")).isEqualTo(svg);
  }

  @Test
  void svg_macroNetwork_hasOperationsAndSkips() throws Exception {
    Candidate candidate =
        new Candidate(
            MacroArchitecture.parse("0 4 1 5 0 1 3 1 1 0 1 0 0 1 0 2 1 0 0 1 1"),
            Samples.candidate().optimizer());
    Drawing.Captions captions =
        new Drawing.Captions("32 x 32 colour", 12_345, Optional.of("24 filters"), 10, false);
    String svg = Drawing.svg(candidate, captions, "macro");
    assertThat(svg)
        .contains("32 x 32 colour", "12,345 trainable weights · 24 filters", "10 classes")
        .contains("conv 3x3", "average pool 3x3", "max pool 3x3", "separable 5x5", "conv 5x5")
        .contains("layer 1 · then half the size", "layer 3 · then half the size");
    assertThat(parse(svg).getElementsByTagName("circle").getLength()).isEqualTo(5);
    // Eight bits of the encoding are set.
    assertThat(arrows(parse(svg), "shortcut")).isEqualTo(8);
  }

  @Test
  void svg_microNetwork_hasBothCellsBlockByBlock() throws Exception {
    Candidate candidate =
        new Candidate(
            MicroArchitecture.parse("0 2 0 0 2 4 1 1 0 3 0 1 1 1 1 3"),
            Samples.candidate().optimizer());
    Drawing.Captions captions =
        new Drawing.Captions(
            "8 x 8 grey", 12_345, Optional.of("6 normal and 2 reduction"), 10, false);
    String svg = Drawing.svg(candidate, captions, "micro");
    assertThat(svg)
        .contains("12,345 trainable weights · 6 normal and 2 reduction", "8 x 8 grey in")
        .contains("10 classes out", "normal cell", "reduction cell", "trained by");
    Document document = parse(svg);
    assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(4);
    assertThat(texts(document))
        .filteredOn(text -> text.matches("(separable|average|max|identity|cell k|block).*"))
        .containsExactlyInAnyOrder(
            // normal
            "cell k-2",
            "cell k-1",
            "cell k",
            "block 0",
            "block 1",
            "average pool 3x3",
            "separable 3x3",
            "identity",
            "separable 5x5",
            // reduction
            "cell k-2",
            "cell k-1",
            "cell k",
            "block 0",
            "block 1",
            "max pool 3x3",
            "separable 5x5",
            "separable 5x5",
            "max pool 3x3");
    // Four values read the cell before the previous one; of the other arrows there are one from
    // every operation, three from the previous cell, one from a block and three from loose ends.
    assertThat(arrows(parse(svg), "shortcut")).isEqualTo(4);
    assertThat(arrows(parse(svg), "arrow")).isEqualTo(8 + 3 + 1 + 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Only the previous cell is read.
        "1 0 1 0 1 0 1 0",
        // One block reads another, all else is loose.
        "0 0 0 0 0 1 2 1 0 0 0 0 0 0 0 0 2 4 2 4 0 0 1 0",
        // A chain.
        "0 4 1 4 2 4 2 4 3 4 3 4 4 4 4 4 0 1 1 1 2 1 2 1 3 1 3 1 4 1 4 1"
      })
  void svg_anyCells_haveNoBoxOutsideAndNoneOverAnother(String encoding) throws Exception {
    Candidate candidate =
        new Candidate(MicroArchitecture.parse(encoding), Samples.candidate().optimizer());
    Drawing.Captions captions = new Drawing.Captions("", 1, Optional.empty(), 10, false);
    parse(Drawing.svg(candidate, captions, "cells"));
    assertThat(Drawing.svg(candidate, captions, "cells"))
        .isEqualTo(Drawing.svg(candidate, captions, "cells"));
    for (MicroArchitecture.Cell cell : candidate.architecture().micro().cells()) {
      CellLayout layout = CellLayout.of(cell);
      List<LayeredGraph.Box> boxes = new ArrayList<>(layout.inputs());
      boxes.addAll(layout.operations());
      boxes.add(layout.output());
      double radius = LayeredGraph.ADDER / 2;
      for (LayeredGraph.Point adder : layout.adders()) {
        boxes.add(
            new LayeredGraph.Box(adder.x() - radius, adder.y() - radius, 2 * radius, 2 * radius));
      }
      assertThat(boxes).hasSize(3 * cell.blocks().size() + 3);
      assertApart(boxes, layout.width(), layout.height());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void svg_recurrentCell_hasItsNodesAndTheMeanOfSome(boolean looseEnds) throws Exception {
    Candidate candidate =
        new Candidate(
            RecurrentArchitecture.parse("0 0 3 1 1 1 2 0 0"), Samples.candidate().optimizer());
    Drawing.Captions captions =
        new Drawing.Captions(
            "10,000 words", 12_345, Optional.of("200 units"), 10_000, looseEnds, false);
    String svg = Drawing.svg(candidate, captions, "recurrent");
    assertThat(svg)
        .contains("12,345 trainable weights · 200 units", "10,000 words in · 10,000 words out");
    assertThat(texts(parse(svg)))
        .filteredOn(text -> text.matches("[xh]\\(.*|node \\d|tanh|relu|sigmoid|identity|mean.*"))
        .containsExactlyInAnyOrder(
            "x(t)",
            "h(t-1)",
            "h(t)",
            looseEnds ? "mean of loose ends" : "mean of nodes",
            "node 0",
            "tanh",
            "node 1",
            "sigmoid",
            "node 2",
            "relu",
            "node 3",
            "identity",
            "node 4",
            "tanh");
    // Input and state, and a source for each of four nodes; nodes 2, 3 and 4 are loose ends.
    assertThat(arrows(parse(svg), "arrow")).isEqualTo(2 + 4);
    assertThat(arrows(parse(svg), "shortcut")).isEqualTo(looseEnds ? 3 : 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0 0",
        // The published cell.
        "0 0 0 1 1 2 1 2 0 2 0 5 1 1 0 6 1 8 1 8 1 8 1",
        // All read node 0.
        "0 0 0 0 1 0 2 0 3 0 0 0 1 0 2 0 3 0 0",
        // A chain.
        "0 0 0 1 1 2 2 3 3 4 0 5 1 6 2 7 3 8 0"
      })
  void svg_anyRecurrentCell_hasNoBoxOutsideAndNoneOverAnother(String encoding) throws Exception {
    RecurrentArchitecture cell = RecurrentArchitecture.parse(encoding);
    Candidate candidate = new Candidate(cell, Samples.candidate().optimizer());
    Drawing.Captions captions = new Drawing.Captions("", 1, Optional.empty(), 10, false);
    parse(Drawing.svg(candidate, captions, "cell"));
    assertThat(Drawing.svg(candidate, captions, "cell"))
        .isEqualTo(Drawing.svg(candidate, captions, "cell"));
    for (boolean looseEnds : List.of(false, true)) {
      RecurrentLayout layout = RecurrentLayout.of(cell, cell.outputs(looseEnds));
      List<LayeredGraph.Box> boxes = new ArrayList<>(layout.inputs());
      boxes.addAll(layout.nodes());
      boxes.add(layout.output());
      assertThat(boxes).hasSize(cell.nodes().size() + 4);
      assertApart(boxes, layout.width(), layout.height());
    }
  }

  private static void assertApart(List<LayeredGraph.Box> boxes, double width, double height) {
    for (LayeredGraph.Box box : boxes) {
      assertThat(box.x()).isNotNegative();
      assertThat(box.y()).isNotNegative();
      assertThat(box.x() + box.width()).isLessThanOrEqualTo(width);
      assertThat(box.y() + box.height()).isLessThanOrEqualTo(height);
      assertThat(boxes).filteredOn(other -> overlap(box, other)).containsExactly(box);
    }
  }

  private static boolean overlap(LayeredGraph.Box box, LayeredGraph.Box other) {
    return box.x() < other.x() + other.width()
        && other.x() < box.x() + box.width()
        && box.y() < other.y() + other.height()
        && other.y() < box.y() + box.height();
  }

  /** A network with nearly all shortcuts overflowed the stack, after minutes. */
  @ParameterizedTest
  @ValueSource(ints = {16, 64})
  void svg_macroNetworkWithAllSkips_isSmallAndHasThemAll(int layers) throws Exception {
    String encoding =
        IntStream.range(0, layers)
            .mapToObj(layer -> "3" + " 1".repeat(layer))
            .collect(Collectors.joining(" "));
    Candidate candidate =
        new Candidate(MacroArchitecture.parse(encoding), Samples.candidate().optimizer());
    Drawing.Captions captions = new Drawing.Captions("", 1, Optional.empty(), 10, false);
    String svg = Drawing.svg(candidate, captions, "all");
    assertThat(svg).hasSizeLessThan(60_000);
    Document document = parse(svg);
    assertThat(arrows(document, "shortcut")).isEqualTo(layers - 1);
    assertThat(svg.split("h0", -1)).hasSize(1 + layers * (layers - 1) / 2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void of_fewOrManyShortcuts_hasNoBoxOutsideAndNoneOverAnother(boolean many) {
    List<List<Integer>> skips =
        IntStream.range(0, 12)
            .mapToObj(
                layer -> many ? IntStream.range(0, layer).boxed().toList() : List.<Integer>of())
            .toList();
    NetworkLayout layout = NetworkLayout.of(2, skips);
    List<LayeredGraph.Box> boxes = new ArrayList<>(layout.boxes());
    double radius = LayeredGraph.ADDER / 2;
    for (LayeredGraph.Point adder : layout.adders()) {
      boxes.add(
          new LayeredGraph.Box(adder.x() - radius, adder.y() - radius, 2 * radius, 2 * radius));
    }
    assertThat(boxes).hasSize(2 + 12 + 1 + (many ? 11 : 0));
    assertApart(boxes, layout.width(), layout.height());
    assertThat(layout.dots())
        .allMatch(dot -> dot.x() < layout.width() && dot.y() < layout.height());
  }

  private static long arrows(Document document, String marker) {
    NodeList groups = document.getElementsByTagName("g");
    return IntStream.range(0, groups.getLength())
        .mapToObj(index -> (Element) groups.item(index))
        .filter(group -> group.getAttribute("marker-end").equals("url(#" + marker + ")"))
        .mapToLong(group -> group.getElementsByTagName("path").getLength())
        .sum();
  }

  private static List<String> texts(Document document) {
    NodeList nodes = document.getElementsByTagName("text");
    return IntStream.range(0, nodes.getLength())
        .mapToObj(index -> nodes.item(index).getTextContent())
        .toList();
  }

  @Test
  void charts_stepsWithGaps_areWellFormed() throws Exception {
    List<JournalEntry.Step> steps = List.of(Samples.step(1), Samples.step(2));
    assertThat(Charts.reward(List.of(), Goal.ACCURACY)).isEmpty();
    parse(Charts.reward(steps, Goal.ACCURACY).orElseThrow());
    parse(Charts.gradients(steps).orElseThrow());
  }

  @Test
  void refinement_oneChartOrTwo_areStackedAndWellFormed() throws Exception {
    assertThat(Charts.refinement(List.of(), Goal.ACCURACY)).isEmpty();
    String both =
        Charts.refinement(List.of(tuned(0, 0.5), tuned(1, 0.25)), Goal.ACCURACY).orElseThrow();
    assertThat(both).contains("viewBox=\"0 0 900 960\"");
    parse(both);
    String losses = Charts.refinement(List.of(tuned(0, Double.NaN)), Goal.ACCURACY).orElseThrow();
    assertThat(losses).contains("viewBox=\"0 0 900 480\"");
  }

  private static JournalEntry.Tuned tuned(long step, double norm) {
    return new JournalEntry.Tuned(
        step, 0.3, 0.2, 0.9, norm, 0, norm, Double.NaN, 1, 0.1, Json.object(), null, 10, 1);
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
