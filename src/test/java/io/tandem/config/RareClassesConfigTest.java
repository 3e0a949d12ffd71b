package io.tandem.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.disk.UserError;
import io.tandem.metric.Metric;
import io.tandem.space.Hyperparameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings for rare classes and small tables. */
class RareClassesConfigTest {
  @TempDir Path folder;

  private Experiment load(String text, String... overrides) throws Exception {
    Path file = Files.writeString(folder.resolve("rare.pbtxt"), text);
    return ConfigLoader.load(file, List.of(overrides)).experiment();
  }

  private static List<String> table(String... more) {
    List<String> all = new ArrayList<>(List.of("data.csv.file=t.csv"));
    all.addAll(List.of(more));
    return all;
  }

  @Test
  void weights_ofAFileAndOfOverrides_areMapped() throws Exception {
    String text =
        """
        data {
          csv { file: "t.csv" }
          class_weights { class: "bad" weight: 5 }
          class_weights { class: "worse" weight: 20 }
        }
        """;
    assertThat(load(text).data().classWeights()).isEqualTo(Map.of("bad", 5.0, "worse", 20.0));
    // A list replaces what lies below.
    assertThat(load(text, "data.class_weights={class: \"good\" weight: 0.5}").data().classWeights())
        .isEqualTo(Map.of("good", 0.5));
  }

  @Test
  void weights_restored_areTheSame() {
    EffectiveConfig config =
        ConfigLoader.defaults(table("data.class_weights={class: \"a b\" weight: 2}"));
    assertThat(ConfigLoader.restore(config.text(), "config.pbtxt").experiment())
        .isEqualTo(config.experiment());
  }

  @Test
  void weights_outOfRange_nameTheirLine() {
    String text =
        """
        data {
          csv { file: "t.csv" }
          class_weights { class: "bad" weight: 5 }
          class_weights { class: "worse" weight: 20000 }
        }
        """;
    assertThat(catchThrowableOfType(UserError.class, () -> load(text)))
        .hasMessageContaining(
            "rare.pbtxt:4:3: data.class_weights.weight: 20000 is not allowed, expected 0.001..1000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {weight: 2}             | data.class_weights.class: missing; name a class
          {class: "a"}            | data.class_weights.weight: missing; say how much a row counts
          {class: "a" weight: 0}  | data.class_weights.weight: 0 is not allowed, expected 0.001..1000
          [{class: "a" weight: 2}, {class: "a" weight: 3}] | data.class_weights.class: "a" has two weights
          []                      | data.class_weights: "[]" is not allowed, expected blocks with class and weight
          5                       | data.class_weights: "5" is not allowed, expected blocks with class and weight
          """)
  void weights_thatAreNone_areRefused(String value, String expected) {
    UserError error =
        catchThrowableOfType(
            UserError.class, () -> ConfigLoader.defaults(table("data.class_weights=" + value)));
    assertThat(error).as(value).isNotNull();
    assertThat(error.getMessage()).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data.csv.file=t.csv,data.format.target=y | data.class_weights: not allowed with data.format.target
          data.text.train=a,data.text.test=b       | data.class_weights: not allowed with data.text
          """)
  void weights_withoutClasses_areRefused(String overrides, String expected) {
    List<String> all = new ArrayList<>(List.of(overrides.split(",", -1)));
    all.add("data.class_weights={class: \"a\" weight: 2}");
    UserError error = catchThrowableOfType(UserError.class, () -> ConfigLoader.defaults(all));
    assertThat(error.getMessage()).contains(expected);
  }

  @Test
  void threshold_leavesTheValidationPartForTheChoice() {
    Experiment experiment = ConfigLoader.defaults(table("retrain.threshold=F1")).experiment();
    assertThat(experiment.retrain().threshold()).contains(Metric.F1);
    assertThat(experiment.retrain().withValidation()).isFalse();
    assertThat(experiment.retrain().keepBest()).isTrue();
    Experiment plain = ConfigLoader.defaults(table()).experiment();
    assertThat(plain.retrain().threshold()).isEmpty();
    assertThat(plain.retrain().withValidation()).isTrue();
    Experiment last =
        ConfigLoader.defaults(table("retrain.threshold=ACCURACY", "retrain.keep_best=false"))
            .experiment();
    assertThat(last.retrain().keepBest()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data.csv.file=t.csv,retrain.with_validation=true | retrain.threshold: F1 is not allowed with retrain.with_validation
          data.csv.file=t.csv,data.format.target=y | retrain.threshold: not allowed with data.format.target
          data.text.train=a,data.text.test=b       | retrain.threshold: not allowed with data.text
          data.csv.file=t.csv,retrain.threshold=0.3 | retrain.threshold: "0.3" is not allowed
          data.csv.file=t.csv,retrain.threshold=ROC_AUC | retrain.threshold: "ROC_AUC" is not allowed
          """)
  void threshold_whereNoneCanBeChosen_isRefused(String overrides, String expected) {
    List<String> all = new ArrayList<>(List.of("retrain.threshold=F1"));
    all.addAll(List.of(overrides.split(",", -1)));
    UserError error = catchThrowableOfType(UserError.class, () -> ConfigLoader.defaults(all));
    assertThat(error).as(overrides).isNotNull();
    assertThat(error.getMessage()).contains(expected);
  }

  @Test
  void weights_given_keepTheMetricFromSearchingThem() {
    Experiment weighted =
        ConfigLoader.defaults(
                table("search.metric=F1", "data.class_weights={class: \"a\" weight: 2}"))
            .experiment();
    assertThat(weighted.space().optimizer().isSearched(Hyperparameter.CLASS_BALANCE)).isFalse();
    Experiment plain = ConfigLoader.defaults(table("search.metric=F1")).experiment();
    assertThat(plain.space().optimizer().isSearched(Hyperparameter.CLASS_BALANCE)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data.digits={}                           | search.folds: 5 is not allowed without one table
          data.csv_parts.train=a,data.csv_parts.validation=b,data.csv_parts.test=c | search.folds: 5 is not allowed without one table
          data.text.train=a,data.text.test=b       | search.folds: 5 is not allowed without one table
          data.csv.file=t.csv,data.split.time=when | search.folds: 5 is not allowed with data.split.time
          data.csv.file=t.csv,search.folds=21      | search.folds: 21 is not allowed, expected 0..20
          """)
  void folds_ofWhatIsNotOneTable_areRefused(String overrides, String expected) {
    List<String> all = new ArrayList<>(List.of("search.folds=5"));
    all.addAll(List.of(overrides.split(",", -1)));
    UserError error = catchThrowableOfType(UserError.class, () -> ConfigLoader.defaults(all));
    assertThat(error).as(overrides).isNotNull();
    assertThat(error.getMessage()).contains(expected);
  }

  @Test
  void folds_areOffByDefault() {
    assertThat(ConfigLoader.defaults(table()).experiment().data().folds()).isZero();
    assertThat(ConfigLoader.defaults(table("search.folds=5")).experiment().data().folds())
        .isEqualTo(5);
  }
}
