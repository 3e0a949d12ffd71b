package io.tandem.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.space.Candidate;
import io.tandem.space.MicroArchitecture;
import org.junit.jupiter.api.Test;

/** Whoever gets a model knows of it what its card says. */
class ModelCardTest {
  @Test
  void text_microNetwork_hasBothCellsAndTakesImages() {
    ModelCard plain = ExportFixtures.card();
    ModelCard card =
        new ModelCard(
            plain.name(),
            plain.data(),
            plain.features(),
            plain.dataHash(),
            plain.split(),
            plain.seed(),
            new Candidate(
                MicroArchitecture.parse("0 2 0 0 1 4 1 3"), plain.candidate().optimizer()),
            plain.metrics(),
            plain.versions(),
            plain.command());
    assertThat(card.text())
        .contains("normal 0: average pool 3x3 of cell k-2 + separable 3x3 of cell k-2\n")
        .contains("reduction 0: identity of cell k-1 + max pool 3x3 of cell k-1\n")
        .contains("Images go in");
    assertThat(plain.text()).contains("Raw features go in").doesNotContain("Images go in");
  }

  @Test
  void text_languageModel_hasItsCellAndSaysWhatWordsAre() {
    ModelCard card = TextFixtures.card();
    assertThat(card.text())
        .contains(card.candidate().architecture().text())
        .contains("stand", "white space", "`<eos>`", "`vocabulary.txt`", "Perplexities")
        .doesNotContain("Images go in", "Raw features go in");
  }
}
