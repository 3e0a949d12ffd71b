package io.tandem.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.config.ConfigLoader;
import io.tandem.data.text.TextSplit;
import io.tandem.data.text.Vocabulary;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Users see by one line whether the program read what they meant. */
class CheckedDataTest {
  @Test
  void of_rows_countsThem() {
    assertThat(CheckedData.of(ConfigLoader.defaults(List.of()).experiment()).summary())
        .matches("\\d+ training, \\d+ validation, \\d+ test rows, 64 features, 10 classes");
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
