package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tandem.audit.AuditReport;
import io.tandem.audit.AuditRow;
import io.tandem.config.ConfigLoader;
import io.tandem.testing.Doubles;
import io.tandem.testing.Messages;
import io.tandem.testing.SoftmaxRegression;
import io.tandem.wiring.Injectors;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * Whoever trusts an audit trusts its numbers, so they are held against differences of the same
 * training written out in plain Java.
 */
final class AuditCommandTest {
  private static final int FEATURES = 2;
  private static final int STEPS = 7;
  private static final double RATE = 0.3;
  private static final double MOMENTUM = 0.8;
  private static final double PENALTY = 0.05;

  @TempDir private Path folder = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void audit_softmaxRegression_agreesWithDifferencesOfPlainJava() throws IOException {
    double[][] training = rows("train", 9, 1);
    double[][] validation = rows("validation", 6, 2);
    rows("test", 6, 3);
    assertThat(audit("-f", "json")).as(err.toString()).isZero();
    double[] differences =
        Doubles.differences(
            point ->
                new SoftmaxRegression(training, FEATURES, 3)
                    .train(
                        STEPS,
                        Math.exp(point[0]),
                        1 / (1 + Math.exp(-point[1])),
                        Math.exp(point[2]))
                    .loss(validation),
            new double[] {Math.log(RATE), Math.log(MOMENTUM / (1 - MOMENTUM)), Math.log(PENALTY)},
            1e-5);
    JsonNode report = new ObjectMapper().readTree(out.toString());
    List<String> names = List.of("learning_rate", "momentum", "l2");
    for (String estimator : List.of("unrolled", "reversible")) {
      for (int index = 0; index < names.size(); index++) {
        JsonNode row = row(report, estimator, names.get(index));
        double exact = differences[index];
        double tolerance = 1e-6 * Math.abs(exact);
        assertThat(row.path("value").asDouble()).isCloseTo(exact, within(tolerance));
        assertThat(row.path("difference").asDouble()).isCloseTo(exact, within(tolerance));
        assertThat(row.path("relativeError").asDouble()).isBetween(0.0, 1e-6);
        assertThat(row.path("milliseconds").asDouble()).isPositive();
      }
    }
    JsonNode none = row(report, "none", "l2");
    assertThat(none.path("value").asDouble()).isZero();
    assertThat(none.path("relativeError").asDouble()).isCloseTo(1, within(1e-12));
    assertThat(row(report, "neumann", "momentum").path("cannot").asText())
        .isEqualTo("it does not move the minimum of the training loss");
    assertThat(row(report, "neumann", "momentum").path("value").isNull()).isTrue();
    assertThat(row(report, "conjugate_gradient", "l2").path("cannot").asText()).isEmpty();
    assertThat(report.path("choice").path("estimator").asText()).isIn("unrolled", "reversible");
  }

  @Test
  void audit_nothingTuned_judgesTheFixedOptimizer() {
    assertThat(
            run(
                "audit",
                "--set",
                "audit.steps=2",
                "--set",
                "audit.samples=2",
                "--set",
                "space.perceptron.layers=1"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString().lines().filter(line -> line.startsWith("unrolled ")))
        .map(line -> line.split(" +", -1)[1])
        .containsExactly(
            "learning_rate",
            "momentum",
            "clip_norm",
            "weight_decay",
            "label_smoothing",
            "initial_scale");
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
    assertThat(out.toString())
        .contains("it reverses MOMENTUM and AVERAGED_MOMENTUM, and the rule is NESTEROV")
        .containsPattern(
            "(?m)^choice: unrolled, relative error and bias of at most 0.01 on 6 of 6");
  }

  /** A penalty that bends the loss enough for 20 steps to end at rest, but not for 2. */
  @ParameterizedTest
  @CsvSource({"20, true", "2, false"})
  void audit_trainingToRest_saysThatItJudgesTheStepsAndShowsWhetherTheyRest(
      int steps, boolean atRest) throws IOException {
    rows("train", 9, 1);
    rows("validation", 6, 2);
    rows("test", 6, 3);
    List<String> settings = new ArrayList<>(settings());
    settings.addAll(
        List.of(
            "response=conjugate_gradient",
            "response_defaults.conjugate_gradient.damping=0",
            "tune.to_rest=true",
            "tune.learning_rate.granularity=FIXED",
            "tune.momentum.granularity=FIXED",
            "tune.momentum.initial=0.2",
            "tune.l2.initial=1",
            "tune.steps=" + steps));
    Messages messages = new Messages();
    AuditReport report =
        Injectors.audit(ConfigLoader.defaults(settings).experiment()).run(messages);
    assertThat(messages.told())
        .contains(
            "audit: tune.to_rest is left out; what is judged are trainings of exactly "
                + steps
                + " steps (tune.steps), at rest or not");
    double error =
        report.rows().stream()
            .filter(row -> row.estimator().equals("conjugate_gradient"))
            .mapToDouble(AuditRow::relativeError)
            .max()
            .orElseThrow();
    assertThat(error < 0.01).as("relative error " + error).isEqualTo(atRest);
  }

  @Test
  void audit_trainingBeyondMemory_saysSoInOneLine() {
    assertThat(run("audit", "--set", "tune.memory_mib=1", "--set", "audit.steps=9")).isEqualTo(2);
    assertThat(err.toString()).contains("audit.steps: 9 steps in the graph need").hasLineCount(1);
  }

  private static JsonNode row(JsonNode report, String estimator, String hyperparameter) {
    for (JsonNode row : report.path("rows")) {
      if (row.path("estimator").asText().equals(estimator)
          && row.path("hyperparameter").asText().equals(hyperparameter)) {
        return row;
      }
    }
    throw new AssertionError("no row " + estimator + " " + hyperparameter);
  }

  /** Features in eighths, which float32 holds exactly, and a class that depends on them. */
  private double[][] rows(String name, int count, long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("a,b,label\n");
    double[][] rows = new double[count][];
    for (int row = 0; row < count; row++) {
      int label = row % 3;
      double first = (random.nextInt(17) - 8 + 4 * label) / 8.0;
      double second = (random.nextInt(17) - 8 - 3 * label) / 8.0;
      rows[row] = new double[] {first, second, label};
      text.append(String.format(Locale.ROOT, "%s,%s,%d%n", first, second, label));
    }
    Files.writeString(folder.resolve(name + ".csv"), text);
    return rows;
  }

  private int audit(String... more) {
    List<String> arguments = new ArrayList<>(List.of("audit"));
    for (String setting : settings()) {
      arguments.add("--set");
      arguments.add(setting);
    }
    arguments.addAll(Arrays.asList(more));
    return run(arguments.toArray(new String[0]));
  }

  private List<String> settings() {
    return List.of(
        "data.csv_parts.train=" + folder.resolve("train.csv"),
        "data.csv_parts.validation=" + folder.resolve("validation.csv"),
        "data.csv_parts.test=" + folder.resolve("test.csv"),
        "tune.standardise=false",
        "tune.initial_weights=ZERO",
        "tune.steps=" + STEPS,
        "tune.learning_rate.granularity=GLOBAL",
        "tune.learning_rate.initial=" + RATE,
        "tune.momentum.granularity=GLOBAL",
        "tune.momentum.initial=" + MOMENTUM,
        "tune.l2.granularity=GLOBAL",
        "tune.l2.initial=" + PENALTY,
        "audit.samples=2");
  }

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
