package io.tandem.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.space.Activation;
import io.tandem.space.Candidate;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.PerceptronArchitecture;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

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
    assertThat(svg.split("url\\(#shortcut\\)", -1)).hasSize(2);
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
        new Drawing.Captions("32 x 32 colour", 12_345, Optional.of("24 filters"), 10);
    String svg = Drawing.svg(candidate, captions, "macro");
    assertThat(svg)
        .contains("32 x 32 colour", "12,345 trainable weights · 24 filters", "10 classes")
        .contains("conv 3x3", "average pool 3x3", "max pool 3x3", "separable 5x5", "conv 5x5")
        .contains("layer 1 · then half the size", "layer 3 · then half the size");
    assertThat(parse(svg).getElementsByTagName("circle").getLength()).isEqualTo(5);
    // Eight bits of the encoding are set.
    assertThat(svg.split("marker-end=\"url\\(#shortcut\\)", -1)).hasSize(1 + 8);
  }

  @Test
  void charts_stepsWithGaps_areWellFormed() throws Exception {
    List<JournalEntry.Step> steps = List.of(Samples.step(1), Samples.step(2));
    assertThat(Charts.reward(List.of())).isEmpty();
    parse(Charts.reward(steps).orElseThrow().replaceAll("<!DOCTYPE[^>]*>", ""));
    parse(Charts.gradients(steps).orElseThrow().replaceAll("<!DOCTYPE[^>]*>", ""));
  }

  @Test
  void refinement_oneChartOrTwo_areStackedAndWellFormed() throws Exception {
    assertThat(Charts.refinement(List.of())).isEmpty();
    String both = Charts.refinement(List.of(tuned(0, 0.5), tuned(1, 0.25))).orElseThrow();
    assertThat(both).contains("viewBox=\"0 0 900 960\"");
    parse(both.replaceAll("<!DOCTYPE[^>]*>", ""));
    String losses = Charts.refinement(List.of(tuned(0, Double.NaN))).orElseThrow();
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
