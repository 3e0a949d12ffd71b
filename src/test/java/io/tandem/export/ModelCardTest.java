package io.tandem.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.data.ImageShape;
import io.tandem.data.TableLayout;
import io.tandem.dialect.Delimiter;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.NumberMarks;
import io.tandem.space.Candidate;
import io.tandem.space.Hyperparameter;
import io.tandem.space.MicroArchitecture;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever gets a model knows of it what its card says. */
class ModelCardTest {
  private static final ModelFacts NONE =
      new ModelFacts(List.of("a", "b"), Optional.empty(), Optional.empty());

  /** Whoever serves the model has nothing else that says which number is which. */
  @Test
  void text_table_listsFeaturesAndClassesInTheirOrder() {
    ModelFacts facts =
        new ModelFacts(
            List.of("young", "o`ld"),
            Optional.empty(),
            Optional.of(
                new TableLayout(
                    List.of("id", "group", "height", "age"),
                    true,
                    1,
                    List.of(2, 3),
                    ',',
                    List.of())));
    assertThat(ExportFixtures.card().text(facts))
        .contains("## Features, in this order\n0. `height`\n1. `age`\n")
        .contains("- label: `group`\n")
        .contains("## Classes, in the order of the probabilities\n0. `young`\n1. `o ld`\n");
    assertThat(ModelFacts.parse(facts.text(), true)).isEqualTo(facts);
  }

  /** The way in which the table was written is read back; files without it are of commas. */
  @Test
  void text_tableInAnotherDialect_isReadBack() {
    for (Dialect dialect :
        List.of(
            Dialect.of(';'),
            new Dialect(
                Delimiter.SPACES,
                Dialect.NO_QUOTE,
                new NumberMarks(',', ' '),
                StandardCharsets.UTF_16LE),
            new Dialect(
                Delimiter.of('\t'),
                '\'',
                new NumberMarks('.', ','),
                Charset.forName("windows-1252")))) {
      TableLayout layout =
          new TableLayout(List.of("a", "b"), true, 1, List.of(), List.of(0), dialect, List.of());
      ModelFacts facts = new ModelFacts(List.of("x", "y"), Optional.empty(), Optional.of(layout));
      assertThat(ModelFacts.parse(facts.text(), true)).isEqualTo(facts);
    }
    ModelFacts plain =
        new ModelFacts(
            List.of("x", "y"),
            Optional.empty(),
            Optional.of(new TableLayout(List.of("a", "b"), true, 1, List.of(0), ',', List.of())));
    assertThat(plain.text()).doesNotContain("quote", "decimal", "thousands", "encoding", "aligned");
    assertThatThrownBy(
            () ->
                ModelFacts.parse(
                    plain.text().replace("\"delimiter\"", "\"decimal\" : \";\", \"delimiter\""),
                    true))
        .hasMessageContaining("'decimal' is not a point or a comma");
  }

  @Test
  void text_optimizer_namesWhatWasChosenBesideTheUsual() {
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
                plain.candidate().architecture(),
                plain
                    .candidate()
                    .optimizer()
                    .with(Hyperparameter.BETA2, 0.98)
                    .with(Hyperparameter.WARMUP, 0)
                    .withEpsilon(1e-6)
                    .withBatch(48)),
            plain.networks(),
            plain.metrics(),
            plain.tested(),
            plain.versions(),
            plain.command());
    String text = card.text(new ModelFacts(List.of("a", "b"), Optional.empty(), Optional.empty()));
    assertThat(text).contains("- beta2: `0.98`\n", "- epsilon: `1.0E-6`\n- batch: `48`\n");
    assertThat(text).doesNotContain("warmup");
  }

  @Test
  void text_ensemble_saysHowManyNetworksAnswer() {
    ModelCard plain = ExportFixtures.card();
    ModelCard card =
        new ModelCard(
            plain.name(),
            plain.data(),
            plain.features(),
            plain.dataHash(),
            plain.split(),
            plain.seed(),
            plain.candidate(),
            5,
            plain.metrics(),
            plain.tested(),
            plain.versions(),
            plain.command());
    assertThat(card.text(NONE))
        .contains("5 such networks, trained with different seeds, answer together")
        .contains("their probabilities are averaged");
    assertThat(plain.text(NONE)).doesNotContain("answer together");
  }

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
            plain.networks(),
            plain.metrics(),
            plain.tested(),
            plain.versions(),
            plain.command());
    assertThat(
            card.text(
                new ModelFacts(
                    List.of("a", "b"), Optional.of(new ImageShape(2, 2, 1)), Optional.empty())))
        .contains("normal 0: average pool 3x3 of cell k-2 + separable 3x3 of cell k-2\n")
        .contains("reduction 0: identity of cell k-1 + max pool 3x3 of cell k-1\n")
        .contains("Images go in");
    assertThat(plain.text(NONE)).contains("Raw features go in").doesNotContain("Images go in");
  }

  @Test
  void text_languageModel_hasItsCellAndSaysWhatWordsAre() {
    ModelCard card = TextFixtures.card();
    assertThat(card.text(new ModelFacts(List.of(), Optional.empty(), Optional.empty())))
        .contains(card.candidate().architecture().text())
        .contains("stand", "white space", "`<eos>`", "`vocabulary.txt`", "Perplexities")
        .doesNotContain("Images go in", "Raw features go in");
  }
}
