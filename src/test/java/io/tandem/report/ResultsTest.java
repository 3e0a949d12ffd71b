package io.tandem.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Disk;
import io.tandem.disk.Json;
import io.tandem.disk.UserError;
import io.tandem.metric.DecisionThreshold;
import io.tandem.metric.Figure;
import io.tandem.metric.Metric;
import io.tandem.metric.Metrics;
import io.tandem.metric.ModelMetrics;
import io.tandem.report.journal.CandidateJson;
import io.tandem.space.Activation;
import io.tandem.space.Candidate;
import io.tandem.space.Goal;
import io.tandem.space.Hyperparameter;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MicroArchitecture;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.RecurrentArchitecture;
import io.tandem.testing.FailingDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other programs read the result by its documented keys, and it must never be half there. */
class ResultsTest {
  @TempDir Path directory;

  @Test
  void write_hasTheDocumentedKeysAndIsReadBackEqual() throws IOException {
    Samples.results().write(Disk.system(), file());
    assertThat(new ObjectMapper().readTree(file().toFile()).fieldNames())
        .toIterable()
        .containsExactly(
            "test.accuracy",
            "validation.accuracy",
            "architecture",
            "optimizer",
            "budget.examples",
            "budget.seconds",
            "seed",
            "model");
    assertThat(Results.read(file())).contains(Samples.results());
  }

  @Test
  void write_refined_hasValuesBeforeAndAfterAndIsReadBackEqual() throws IOException {
    Results plain = Samples.results();
    Candidate winner =
        new Candidate(
            plain.winner().architecture(),
            plain
                .winner()
                .optimizer()
                .with(Hyperparameter.BETA2, 0.9876)
                .withEpsilon(3e-7)
                .withBatch(48));
    Map<String, Refinement.Change> changes = new LinkedHashMap<>();
    changes.put("learning_rate", new Refinement.Change(0.01, 0.03));
    changes.put("beta2", new Refinement.Change(0.999, 0.9876));
    Results refined =
        new Results(
            plain.goal(),
            plain.test(),
            plain.validation(),
            0.25,
            0.5,
            winner,
            Optional.of(new Refinement(1875, 10, 7, 0.4, 0.25, 0.9, Double.NaN, changes)),
            Optional.of(
                new Certificate(
                    70,
                    24,
                    0.875,
                    0.75,
                    1,
                    Optional.of(new RankCorrelation(16, 0.25, -0.5, 0.75)))),
            Optional.of(
                ModelMetrics.ofClasses(
                    new Metrics(
                        List.of(
                            new Figure(Metric.ACCURACY, 0.98, 0.97, 0.99),
                            new Figure(Metric.ROC_AUC, Double.NaN)),
                        List.of(List.of(3L, 1L), List.of(0L, 5L))))),
            Optional.of(new DecisionThreshold(Metric.F1, 0.3f, 0.625)),
            List.of(
                new Baseline(Baseline.Kind.MAJORITY, "no", 0.97),
                new Baseline(Baseline.Kind.LINEAR, "", 0.975)),
            List.of(new EarlyEnd(1, 2, 7, 20, 4), new EarlyEnd(2, 2, 9, 20, 6)),
            plain.budgetExamples(),
            new BudgetPhases(Map.of("search", 4000L, "retrain", 1000L)),
            plain.budgetSeconds(),
            plain.seed(),
            plain.model());
    refined.write(Disk.system(), file());
    assertThat(Results.read(file())).contains(refined);
    var object = new ObjectMapper().readTree(file().toFile());
    assertThat(object.path("optimizer").path("beta2").asDouble()).isEqualTo(0.9876);
    assertThat(object.path("optimizer").path("batch").asInt()).isEqualTo(48);
    assertThat(object.path("refinement").path("values").path("learning_rate").path("after"))
        .hasToString("0.03");
    assertThat(refined.certificate().orElseThrow().text())
        .contains("probability 0.88 (95 % interval 0.75 to 1.00; 70 proposed, 24 drawn)");
    assertThat(refined.refinement().orElseThrow().text())
        .startsWith("refined over 1875 training steps, best after outer step 7 of 10")
        .contains("validation loss 0.40000 -> 0.25000")
        .contains("learning_rate   0.01000 -> 0.03000");
  }

  @Test
  void write_severalNumbers_metricsOfEachAreReadAgain() {
    Results plain = Samples.results();
    Metrics one = new Metrics(List.of(new Figure(Metric.RMSE, 2, 1, 3)), List.of());
    Metrics two = new Metrics(List.of(new Figure(Metric.RMSE, 5)), List.of());
    Results several =
        new Results(
            Goal.R2,
            0.5,
            0.25,
            0.5,
            0.75,
            plain.winner(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new ModelMetrics(List.of("height", "weight"), List.of(one, two))),
            Optional.empty(),
            List.of(new Baseline(Baseline.Kind.MEAN, "1.70, 68.0", -0.01)),
            List.of(),
            plain.budgetExamples(),
            plain.phases(),
            plain.budgetSeconds(),
            plain.seed(),
            plain.model());
    several.write(Disk.system(), file());
    assertThat(Results.read(file())).contains(several);
  }

  @Test
  void baseline_isSaidWhereItMatters() {
    assertThat(majority("b", 0.2).text(Goal.ACCURACY, 0.7)).isEmpty();
    assertThat(majority("no", 0.9).text(Goal.ACCURACY, 0.95))
        .contains("always \"no\" would be right for 0.9000");
    assertThat(majority("no", 0.97).text(Goal.ACCURACY, 0.97).orElseThrow())
        .startsWith("warning: the model is no better than always answering \"no\"");
    assertThat(majority("b", 0.2).text(Goal.ACCURACY, 0.1).orElseThrow()).startsWith("warning: ");
    Baseline linear = new Baseline(Baseline.Kind.LINEAR, "", 0.75);
    assertThat(linear.text(Goal.ACCURACY, 0.8)).contains("linear model        0.7500");
    assertThat(linear.text(Goal.ACCURACY, 0.7))
        .contains(
            "warning: the model is no better than a linear one, whose test accuracy is 0.7500");
    Baseline mean = new Baseline(Baseline.Kind.MEAN, "23.5", -0.01);
    assertThat(mean.text(Goal.R2, 0.1)).isEmpty();
    assertThat(mean.text(Goal.R2, -0.1))
        .contains("warning: the model is no better than always answering the mean, 23.5");
  }

  private static Baseline majority(String label, double share) {
    return new Baseline(Baseline.Kind.MAJORITY, label, share);
  }

  @Test
  void write_perceptron_hasTheDocumentedForm() {
    assertThat(CandidateJson.write(Samples.candidate().architecture()))
        .hasToString(
            "[{\"units\":64,\"activation\":\"relu\",\"dropout\":0.1,\"adds\":[]},"
                + "{\"units\":32,\"activation\":\"gelu\",\"dropout\":0.0,\"adds\":[0]}]");
  }

  @Test
  void write_perceptronWithoutSomeLayers_isReadBackEqual() {
    PerceptronArchitecture.Layer layer =
        new PerceptronArchitecture.Layer(8, Activation.RELU, 0, List.of());
    PerceptronArchitecture network =
        new PerceptronArchitecture(List.of(layer, layer), List.of(0, 2));
    assertThat(CandidateJson.write(network))
        .hasToString(
            "[{\"units\":8,\"activation\":\"relu\",\"dropout\":0.0,\"adds\":[]},"
                + "{\"units\":8,\"activation\":\"relu\",\"dropout\":0.0,\"adds\":[],"
                + "\"place\":2}]");
    assertThat(CandidateJson.architecture(CandidateJson.write(network))).isEqualTo(network);
  }

  @Test
  void write_macroNetwork_isReadBackEqual() {
    Candidate macro =
        new Candidate(MacroArchitecture.parse("5 1 0 2 1 1"), Samples.candidate().optimizer());
    ObjectNode object = json(macro);
    assertThat(object.path("architecture"))
        .hasToString(
            "[{\"operation\":\"max_pool_3x3\",\"adds\":[]},"
                + "{\"operation\":\"separable_3x3\",\"adds\":[]},"
                + "{\"operation\":\"conv_5x5\",\"adds\":[0,1]}]");
    assertThat(CandidateJson.candidate(object)).contains(macro);
    ((ObjectNode) object.path("architecture").path(1)).put("operation", "conv_7x7");
    assertThat(CandidateJson.candidate(object)).isEmpty();
  }

  @Test
  void write_microNetwork_isReadBackEqual() {
    Candidate micro =
        new Candidate(
            MicroArchitecture.parse("0 2 0 0 1 4 2 1 1 3 1 0 0 4 2 1"),
            Samples.candidate().optimizer());
    ObjectNode object = json(micro);
    assertThat(object.path("architecture"))
        .hasSize(4)
        .hasToString(
            """
            [{"cell":"normal",
            "first":{"source":"cell k-2","operation":"average_pool_3x3"},
            "second":{"source":"cell k-2","operation":"separable_3x3"}},
            {"cell":"normal",
            "first":{"source":"cell k-1","operation":"identity"},
            "second":{"source":"block 0","operation":"separable_5x5"}},
            {"cell":"reduction",
            "first":{"source":"cell k-1","operation":"max_pool_3x3"},
            "second":{"source":"cell k-1","operation":"separable_3x3"}},
            {"cell":"reduction",
            "first":{"source":"cell k-2","operation":"identity"},
            "second":{"source":"block 0","operation":"separable_5x5"}}]
            """
                .replace("\n", ""));
    assertThat(CandidateJson.candidate(object)).contains(micro);
    assertThat(CandidateJson.candidate(Json.parse(Json.compact(object)).orElseThrow()))
        .contains(micro);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          block 0       | block 1
          block 0       | cell k-3
          "source":"cell k-1" | "source":1
          "source":"cell k-2", |
          normal        | reduction
          reduction     | upsampling
          max_pool_3x3  | conv_3x3
          "operation":"identity" | "operation":null
          "first"       | "third"
          {"cell":"reduction" | {"cells":"reduction"
          {"cell":"reduction" | [],null,7,{"cell":"reduction"
          [             | {"layers":[
          """)
  void read_damagedMicroNetwork_isEmpty(String found, @Nullable String damaged) {
    Candidate micro =
        new Candidate(
            MicroArchitecture.parse("0 2 0 0 1 4 2 1 1 3 1 0 0 4 2 1"),
            Samples.candidate().optimizer());
    String text = Json.compact(json(micro));
    assertThat(text).contains(found);
    String other = text.replace(found, damaged == null ? "" : damaged);
    other = "[".equals(found) ? other.replace("]", "]}") : other;

    assertThat(CandidateJson.candidate(Json.parse(other).orElseThrow())).isEmpty();
  }

  @Test
  void write_recurrentCell_isReadBackEqual() {
    Candidate recurrent =
        new Candidate(
            RecurrentArchitecture.parse("3 0 1 1 2 0 0"), Samples.candidate().optimizer());
    ObjectNode object = json(recurrent);
    assertThat(object.path("architecture"))
        .hasToString(
            """
            [{"node":0,"activation":"sigmoid"},
            {"node":1,"source":0,"activation":"relu"},
            {"node":2,"source":1,"activation":"identity"},
            {"node":3,"source":0,"activation":"tanh"}]
            """
                .replace("\n", ""));
    assertThat(CandidateJson.candidate(object)).contains(recurrent);
    assertThat(CandidateJson.candidate(Json.parse(Json.compact(object)).orElseThrow()))
        .contains(recurrent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"node":2,    | {"node":1,       | entry 2: node "1" is not known, expected 2
          {"node":1,    | {"nodes":1,      | entry 1: node "" is not known, expected 1
          {"node":1,    | [],{"node":1,    | entry 1: node "" is not known, expected 1
          "source":1    | "source":2       | node 2: source "2" is not known, expected 0, 1
          "source":1    | "source":-1      | node 2: source "-1" is not known, expected 0, 1
          "source":1    | "source":"1"     | node 2: source "1" is not known, expected 0, 1
          "source":1    | "source":1.0     | node 2: source "1.0" is not known, expected 0, 1
          "source":1,   |                  | node 2: source "" is not known, expected 0, 1
          "sigmoid"     | "gelu"           | activation "gelu" is not known, expected tanh, relu, identity, sigmoid
          "identity"    | null             | activation "null" is not known, expected tanh, relu
          {"node":0     | {"node":0,"source":0 | node 0 reads input and state, it has no source
          """)
  void read_damagedRecurrentCell_saysWhere(String found, @Nullable String damaged, String message) {
    Candidate recurrent =
        new Candidate(
            RecurrentArchitecture.parse("3 0 1 1 2 0 0"), Samples.candidate().optimizer());
    String text = Json.compact(json(recurrent));
    assertThat(text).contains(found);
    ObjectNode other =
        Json.parse(text.replace(found, damaged == null ? "" : damaged)).orElseThrow();

    assertThat(CandidateJson.candidate(other)).isEmpty();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> CandidateJson.architecture(other.path("architecture")))
        .withMessageStartingWith(message);
  }

  private static ObjectNode json(Candidate candidate) {
    ObjectNode object = Json.object();
    object.set("architecture", CandidateJson.write(candidate.architecture()));
    object.set("optimizer", CandidateJson.write(candidate.optimizer()));
    return object;
  }

  @Test
  void read_absent_isEmpty() {
    assertThat(Results.read(file())).isEmpty();
  }

  @Test
  void read_damaged_isAnErrorThatNamesTheFile() throws IOException {
    Files.writeString(file(), "{\"test.accuracy\": 0.9");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> Results.read(file()))
        .withMessageStartingWith(file() + ": is damaged");
  }

  @Test
  void write_diskFailsAtAnyOperation_keepsTheFormerResultOrHasTheNewOne() {
    for (FailingDisk.Failure failure : FailingDisk.Failure.values()) {
      FailingDisk disk;
      int failing = 1;
      do {
        Samples.results().write(Disk.system(), file());
        disk = new FailingDisk(failure, failing++);
        try {
          Samples.results().write(disk, file());
        } catch (UserError error) {
          assertThat(error).hasMessageStartingWith(file() + ": ");
        }
        assertThat(Results.read(file())).contains(Samples.results());
      } while (disk.hasFailed());
    }
  }

  private Path file() {
    return directory.resolve("result.json");
  }
}
