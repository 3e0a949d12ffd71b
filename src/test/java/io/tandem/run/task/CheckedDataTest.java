package io.tandem.run.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tandem.config.ConfigLoader;
import io.tandem.data.text.TextSplit;
import io.tandem.data.text.Vocabulary;
import io.tandem.disk.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users see by one line whether the program read what they meant. */
class CheckedDataTest {
  @Test
  void of_rows_countsThem() {
    assertThat(CheckedData.of(load()).summary())
        .matches("\\d+ training, \\d+ validation, \\d+ test rows, 64 features, 10 classes");
  }

  @Test
  void of_classesWithQuotes_showsWhereTheirNamesEnd(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("t.csv");
    Files.writeString(file, "a,y\n" + "1,\"a\"\"b\"\n2,c\\\n".repeat(10), StandardCharsets.UTF_8);
    ExperimentData data = load("data.csv.file=" + file, "data.format.label=y");
    assertThat(CheckedData.of(data).outcome())
        .isEqualTo("classes: \"a\\\"b\" 10, \"c\\\\\" 10 rows");
  }

  private static ExperimentData load(String... overrides) {
    return ExperimentData.load(ConfigLoader.defaults(List.of(overrides)).experiment());
  }

  @Test
  void budget_defaults_saysWhatIsSpentOnWhat() {
    assertThat(CheckedData.budget(load()))
        .isEqualTo(
            "budget: 1,000,000 examples: 96 search steps, then 94 candidates are trained and the best"
                + " 12, 4 and 4 of them longer; 60,000 examples in the retraining");
    assertThat(CheckedData.budget(load("search.strategy=ENAS")))
        .contains(" search steps, then 60 candidates are scored and 12 of them trained; 60,000 ");
    assertThat(CheckedData.budget(load("search.strategy=RANDOM")))
        .matches("budget: 1,000,000 examples: \\d+ search steps; 60,000 .*");
  }

  @Test
  void budget_tooSmallForAStep_isRefusedAsASearchRefusesIt() {
    ExperimentData data = load("search.budget.examples=5000");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> CheckedData.budget(data))
        .withMessageContaining("search.budget.examples: 5000 is too small")
        .matches(error -> error.kind() == UserError.Kind.USAGE);
  }

  @Test
  void of_text_countsTokensAndSaysTheRestInNotes() {
    TextSplit split =
        new TextSplit(
            new int[] {2, 1, 2},
            new int[] {2, 1},
            new int[] {2},
            new Vocabulary(List.of("<unk>", "<eos>", "a")),
            "",
            List.of("sums up", "so many are unknown"),
            List.of("copied"));
    assertThat(CheckedData.of(split))
        .isEqualTo(
            new CheckedData(
                List.of("so many are unknown"),
                List.of("copied"),
                "3 training, 2 validation, 1 test tokens, 3 words in the vocabulary",
                ""));
  }
}
