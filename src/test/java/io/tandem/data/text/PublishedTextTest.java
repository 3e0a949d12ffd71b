package io.tandem.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.data.DataSource;
import io.tandem.data.TextSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The two smaller files of WikiText-2 (Merity et al. 2016) have the published numbers of tokens.
 * The folder is that of the system property {@code tandem.data}.
 */
class PublishedTextTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("tandem.data", "../shared/data"), "wikitext2");

  @Test
  void load_wikiText2_hasThePublishedTokens() {
    Path train = FOLDER.resolve("valid.txt.gz");
    Path test = FOLDER.resolve("test.txt.gz");
    Assumptions.assumeTrue(
        Files.isRegularFile(train) && Files.isRegularFile(test),
        () -> "skipped: no texts in " + FOLDER.toAbsolutePath());
    DataSource.Text source =
        new DataSource.Text(train, Optional.empty(), test, new TextSettings(10_000, 1, 0.1));
    TextSplit split = TextLoader.load(source);
    assertThat(split.train().length + split.validation().length).isEqualTo(217_646);
    assertThat(split.test()).hasSize(245_569);
    assertThat(split.validation().length).isBetween(21_000, 22_500);
    assertThat(split.train()).endsWith(Vocabulary.END);
    assertThat(split.vocabulary().size()).isEqualTo(10_000);
    assertThat(split.vocabulary().words()).startsWith("<unk>", "<eos>", "the", ",", ".", "of");
    assertThat(split.sha256())
        .isEqualTo("b4a60cc48d321f9c782a29ed5cc5530b060892cc4264d484f8b58e711ce2f7ea");
    assertThat(TextLoader.load(source)).isEqualTo(split);
  }
}
