package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.disk.Disk;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunManifest;
import io.tandem.report.Refinement;
import io.tandem.report.Results;
import io.tandem.report.journal.Journal;
import io.tandem.report.journal.JournalEntry;
import io.tandem.space.Activation;
import io.tandem.space.Candidate;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.Schedule;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** People look for the best candidates and the winner, on terminals 80 characters wide. */
class ShowCandidatesTest {
  private static final int COUNT = 30;

  @TempDir Path directory;
  private final StringWriter err = new StringWriter();

  @Test
  void show_manyCandidates_hasTheBestTenByLossInEightyColumns() {
    run(COUNT);
    String text = show();
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
    assertThat(text).contains("candidates: " + COUNT + ", by calibrated validation loss\n");
    List<String> rows = rows(text);
    assertThat(rows).hasSize(10);
    assertThat(rows.get(0)).matches("   rank +29 +0\\.0123 +0\\.9 +128 relu, 32 tanh\\+0, .*adam");
    assertThat(losses(rows)).isSorted();
    assertThat(text.lines().reduce((first, second) -> second).orElseThrow())
        .isEqualTo("20 more: --top all; all columns: -f csv or a wider terminal");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "all", "ALL"})
  void show_all_hasEveryCandidateAndThoseThatDivergedLast(String top) {
    run(COUNT);
    List<String> rows = rows(show("--top", top));
    assertThat(rows).hasSize(COUNT);
    assertThat(rows.get(COUNT - 1)).matches("   derive +0 +- .*");
    assertThat(show("--top", top)).doesNotContain(" more");
  }

  @Test
  void show_json_hasEveryCandidateAndAllDigits() {
    run(COUNT);
    assertThat(show("-f", "csv").lines())
        .hasSize(1 + COUNT)
        .anyMatch(line -> line.contains("0.01234567"));
    assertThat(show("-f", "json").split("\"validationLoss\"", -1)).hasSize(1 + COUNT);
  }

  /** Scored with shared weights and ranked, it has two lines: the second made it the winner. */
  @Test
  void show_finishedRun_marksTheLineThatMadeTheWinner() {
    RunDirectory run = run(COUNT);
    result(run, candidate(3), Optional.empty());
    String text = show();
    assertThat(text)
        .contains(", by calibrated validation loss; * is the winner\n")
        .contains("\nderive: scored with shared weights; others: trained from scratch\n");
    assertThat(rows(text))
        .filteredOn(row -> row.startsWith("*"))
        .singleElement()
        .asString()
        .matches("\\*  rank +18 .*");
    assertThat(rows(text)).hasSize(11).last().asString().startsWith("*");
    assertThat(rows(show("--top", "20"))).hasSize(20);
  }

  @Test
  void show_refinedWinner_isMarkedByTheValuesThatItWasChosenWith() {
    RunDirectory run = run(COUNT);
    Candidate chosen = candidate(14);
    Candidate refined =
        new Candidate(
            chosen.architecture(), chosen.optimizer().with(Hyperparameter.LEARNING_RATE, 0.7));
    Refinement refinement =
        new Refinement(
            10,
            5,
            3,
            0.2,
            0.1,
            0.9,
            0.95,
            Map.of("learning_rate", new Refinement.Change(0.1, 0.7)));
    result(run, refined, Optional.of(refinement));
    String text = show();
    assertThat(rows(text))
        .filteredOn(row -> row.startsWith("*"))
        .singleElement()
        .asString()
        .matches("\\*  rank +29 .*");
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
    assertThat(text).contains("learning_rate 0.7, momentum 0.333,");
  }

  @Test
  void show_wrongTop_isAnErrorThatSaysWhatIsAllowed() {
    run(1);
    assertThat(execute("--top", "-3")).isEqualTo(2);
    assertThat(err.toString()).contains("'-3' is not allowed, expected a number from 0 on, or all");
  }

  /** The first half is scored with shared weights, the second half are the same, ranked. */
  private RunDirectory run(int count) {
    RunManifest manifest =
        new RunManifest("x", 1, "joint", "tandem search", Instant.EPOCH, "0.1.0", "abc");
    RunDirectory run = RunDirectory.create(Disk.system(), directory.resolve("run"), manifest, "");
    try (Journal journal = Journal.open(Disk.system(), run.journal())) {
      for (int index = 0; index < count; index++) {
        boolean ranked = index >= count / 2;
        double loss = index == 0 ? Double.NaN : 0.01234567 + 0.1 * (count - 1 - index);
        journal.append(
            new JournalEntry.Tried(
                ranked ? "rank" : "derive",
                index,
                loss,
                0.9,
                loss,
                candidate(index % Math.max(1, count / 2)),
                1000,
                1));
      }
    }
    return run;
  }

  private static void result(RunDirectory run, Candidate winner, Optional<Refinement> refinement) {
    new Results(0.9, 0.9, winner, refinement, 1000, 2, 1, "model")
        .write(Disk.system(), run.result());
  }

  private static Candidate candidate(int which) {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter each : Hyperparameter.values()) {
      values.put(each, (1 + each.ordinal()) / 6.0);
    }
    values.put(Hyperparameter.LEARNING_RATE, 0.1);
    values.put(Hyperparameter.BETA2, 0.9);
    values.put(Hyperparameter.WARMUP, 0.25);
    values.put(Hyperparameter.WEIGHT_DECAY, 1e-5 * which);
    return new Candidate(
        new PerceptronArchitecture(
            List.of(
                new PerceptronArchitecture.Layer(128, Activation.RELU, 0.1, List.of()),
                new PerceptronArchitecture.Layer(32, Activation.TANH, 0, List.of(0)),
                new PerceptronArchitecture.Layer(256, Activation.IDENTITY, 0, List.of(0, 1)))),
        new OptimizerSettings(OptimizerFamily.ADAM, Schedule.COSINE, values));
  }

  private static List<String> rows(String text) {
    List<String> lines = text.lines().toList();
    int heading =
        IntStream.range(0, lines.size())
            .filter(line -> lines.get(line).startsWith("   phase "))
            .findFirst()
            .orElseThrow();
    List<String> rows = new ArrayList<>(lines.subList(heading + 1, lines.size()));
    rows.removeIf(line -> !line.matches("[ *]  (rank|derive) .*"));
    return rows;
  }

  private static List<Double> losses(List<String> rows) {
    return rows.stream().map(row -> Double.valueOf(row.substring(3).split(" +", -1)[2])).toList();
  }

  private String show(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine command = new CommandLine(new ShowCommand()).setOut(new PrintWriter(out));
    assertThat(command.execute(arguments(arguments))).isZero();
    return out.toString();
  }

  private int execute(String... arguments) {
    return new CommandLine(new ShowCommand())
        .setErr(new PrintWriter(err))
        .execute(arguments(arguments));
  }

  private String[] arguments(String... arguments) {
    List<String> all = new ArrayList<>(List.of(directory.resolve("run").toString()));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }
}
