package io.tandem.report.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.config.ConfigLoader;
import io.tandem.space.Candidate;
import io.tandem.space.Filters;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MicroArchitecture;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.RecurrentArchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The pictures of the documentation are those that the program draws. With {@code
 * -Dtandem.pictures=true} they are drawn again.
 */
class DocumentationPicturesTest {
  private static final Path IMAGES = Path.of("src/site/markdown/images");

  @Test
  void enasCells_areDrawnAsTheyAre() throws IOException {
    MicroArchitecture published =
        MicroArchitecture.parse(
            "0 2 0 0 0 4 0 1 0 4 1 1 1 0 0 1 0 2 1 1 1 0 1 0 0 3 0 2 1 1 3 1 1 0 0 4 0 3 1 1");
    Drawing.Captions captions =
        ofImages(
            published.parameters(15, 36, 3, 10),
            "15 normal and 2 reduction cells, 36 filters at first");
    Candidate candidate = new Candidate(published, trainedBy());
    assertPicture(
        "enas-cells.svg", Drawing.svg(candidate, captions, "Cells published by Pham et al. 2018"));
  }

  @Test
  void macroWinner_isDrawnAsItIs() throws IOException {
    MacroArchitecture winner = MacroArchitecture.parse("3 4 1 4 1 1 0 1 0 1 0 0 1 1 0 2 0 1 1 1 0");
    Filters filters = new Filters(24, true);
    Drawing.Captions captions =
        ofImages(winner.parameters(filters, 3, 10), filters.text() + ", dropout 0.1");
    Candidate candidate =
        new Candidate(
            winner,
            trainedBy(
                "family=NESTEROV",
                "schedule=COSINE",
                "learning_rate=0.0807",
                "momentum=0.922",
                "weight_decay=2.94e-5",
                "clip_norm=14.2",
                "label_smoothing=0.0612",
                "augmentation=0.632"));
    assertPicture(
        "cifar10-macro-seed1.svg", Drawing.svg(candidate, captions, "cifar10-macro, seed 1"));
  }

  @Test
  void microWinner_isDrawnAsItIs() throws IOException {
    MicroArchitecture winner =
        MicroArchitecture.parse("1 3 0 2 0 4 2 3 0 0 3 0 0 3 3 4 0 0 1 0 2 4 2 3 3 2 3 1 1 4 0 2");
    Drawing.Captions captions =
        ofImages(
            winner.parameters(2, 16, 3, 10),
            "2 normal and 2 reduction cells, 16 filters at first, dropout 0.1");
    Candidate candidate =
        new Candidate(
            winner,
            trainedBy(
                "family=NESTEROV",
                "schedule=COSINE",
                "learning_rate=0.0689",
                "momentum=0.8995",
                "weight_decay=1.394e-4",
                "clip_norm=13.42",
                "label_smoothing=0.05573",
                "augmentation=0.4978"));
    assertPicture(
        "cifar10-micro-seed1.svg", Drawing.svg(candidate, captions, "cifar10-micro, seed 1"));
  }

  @Test
  void enasRecurrent_isDrawnAsItIs() throws IOException {
    RecurrentArchitecture published =
        RecurrentArchitecture.parse("0 0 0 1 1 2 1 2 0 2 0 5 1 1 0 6 1 8 1 8 1 8 1");
    Drawing.Captions captions =
        new Drawing.Captions(
            "10,000 words",
            published.parameters(748, 10_000),
            Optional.of("748 units, mean of loose ends"),
            10_000,
            true,
            false);
    Candidate candidate =
        new Candidate(
            published,
            trainedBy(
                "family=SGD",
                "schedule=CONSTANT",
                "learning_rate=20",
                "momentum=0",
                "weight_decay=5e-7",
                "clip_norm=0.25",
                "augmentation=1"));
    assertPicture(
        "enas-recurrent.svg",
        Drawing.svg(candidate, captions, "Cell published by Pham et al. 2018"));
  }

  private static Drawing.Captions ofImages(long parameters, String network) {
    return new Drawing.Captions("32 x 32 colour", parameters, Optional.of(network), 10, false);
  }

  private static OptimizerSettings trainedBy(String... settings) {
    List<String> overrides = Stream.of(settings).map(set -> "fixed_optimizer." + set).toList();
    return ConfigLoader.defaults(overrides).experiment().fixedOptimizer();
  }

  private static void assertPicture(String name, String svg) throws IOException {
    Path file = IMAGES.resolve(name);
    if (Boolean.getBoolean("tandem.pictures")) {
      Files.writeString(file, svg);
    }
    assertThat(file).hasContent(svg);
  }
}
