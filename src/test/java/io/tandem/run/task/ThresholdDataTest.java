package io.tandem.run.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tandem.config.ConfigLoader;
import io.tandem.config.Experiment;
import io.tandem.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data on which no threshold can be chosen are refused before anything is trained on them. */
class ThresholdDataTest {
  @TempDir private Path folder = Path.of("");

  private static Experiment experiment(String... settings) {
    List<String> all = new ArrayList<>(List.of("retrain.threshold=BALANCED_ACCURACY"));
    all.addAll(List.of(settings));
    return ConfigLoader.defaults(all).experiment();
  }

  private Path table(String name, String... labels) throws IOException {
    StringBuilder text = new StringBuilder("x,kind\n");
    for (int row = 0; row < 12; row++) {
      text.append(row).append(',').append(labels[row % labels.length]).append('\n');
    }
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void load_threeClasses_areRefused() throws IOException {
    Path file = table("t.csv", "a", "b", "c");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ExperimentData.load(experiment("data.csv.file=" + file)))
        .withMessage(
            "retrain.threshold: BALANCED_ACCURACY is not allowed with 3 classes, expected 2, one of"
                + " which is the answer above the threshold; use NONE");
    assertThat(
            ExperimentData.load(
                ConfigLoader.defaults(List.of("data.csv.file=" + file)).experiment()))
        .isNotNull();
  }

  @Test
  void load_aValidationPartOfOneClass_isRefused() throws IOException {
    Path both = table("both.csv", "a", "b");
    Path one = table("one.csv", "a");
    Path test = table("test.csv", "b", "a");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(
            () ->
                ExperimentData.load(
                    experiment(
                        "data.csv_parts.train=" + both,
                        "data.csv_parts.validation=" + one,
                        "data.csv_parts.test=" + test)))
        .withMessageContaining(
            "retrain.threshold: class \"b\" has no row in the validation part, expected rows of both"
                + " classes");
  }
}
