package io.tandem.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.config.ConfigLoader;
import io.tandem.config.EffectiveConfig;
import io.tandem.report.Disk;
import io.tandem.report.JournalEntry;
import io.tandem.report.JournalReader;
import io.tandem.report.Progress;
import io.tandem.report.Results;
import io.tandem.report.RunDirectory;
import io.tandem.report.RunManifest;
import io.tandem.space.Hyperparameter;
import io.tandem.testing.TinySearch;
import io.tandem.testing.TinyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A limit of time covers a whole run, in whichever phase it would be without one. */
class TimedRunTest {
  private static final double LIMIT = 8;
  private static final String ENDLESS =
      " search.budget.examples=1e12 search.derive.examples=1e9 retrain.examples=1e7";
  private static final String TEXT = "text ";

  @TempDir private static Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "search.strategy=JOINT",
        "search.strategy=RANDOM",
        "search.strategy=NAS",
        "search.strategy=GIVEN search.architecture=[{\"units\":8,\"activation\":\"tanh\",\"dropout\":0,\"adds\":[]}]",
        "search.refine.steps=1000 search.refine.horizon=3000",
        "search.shared_steps=10000",
        TEXT + "search.strategy=JOINT",
        TEXT + "search.strategy=ENAS",
      })
  void run_thatWouldBeEndless_endsInTimeWithAValidWinner(String changes) throws IOException {
    List<String> overrides =
        new ArrayList<>(changes.startsWith(TEXT) ? TinyText.ofRun(folder) : TinySearch.overrides());
    overrides.add("search.budget.seconds=" + LIMIT);
    overrides.addAll(List.of((changes.replace(TEXT, "") + ENDLESS).split(" ")));
    RunDirectory run = create("run-" + changes.hashCode(), ConfigLoader.defaults(overrides));
    Instant begin = Instant.now();
    Results results = go(run, overrides, () -> false);
    double seconds = Duration.between(begin, Instant.now()).toMillis() / 1000.0;
    assertThat(seconds).as("seconds").isLessThan(LIMIT + 3.5);
    // What is given is used: a winner that is trained for one step is no winner.
    assertThat(seconds).as("seconds").isGreaterThan(0.6 * LIMIT);
    assertThat(Files.readString(run.journal()))
        .contains("the retraining ended after ", "as search.budget.seconds allows no more");
    assertThat(results.test()).isFinite().isPositive();
    assertThat(Files.isDirectory(run.path().resolve(results.model()))).isTrue();
    List<Double> times =
        JournalReader.read(run.journal()).entries().stream()
            .filter(JournalEntry.Tried.class::isInstance)
            .map(entry -> ((JournalEntry.Tried) entry).seconds())
            .toList();
    assertThat(times).isSorted();
    if (times.size() > 1) {
      assertThat(times.get(0)).isLessThan(times.get(times.size() - 1));
    }
  }

  /**
   * As people have them: nothing is made small, so that the graph of a search is large. For that of
   * a text there is no time, so that a network that is drawn is trained with the fixed optimizer.
   */
  @ParameterizedTest
  @CsvSource({"text, 20", "macro, 12"})
  void run_ofADefaultSpace_endsInTime(String kind, double limit) throws IOException {
    List<String> overrides =
        new ArrayList<>(kind.equals("text") ? wholeTexts() : List.of("space=macro"));
    overrides.add("search.budget.seconds=" + limit);
    overrides.add("fixed_optimizer.learning_rate=0.25");
    RunDirectory run = create("default-" + kind, ConfigLoader.defaults(overrides));
    Instant begin = Instant.now();
    Results results = go(run, overrides, () -> false);
    double seconds = Duration.between(begin, Instant.now()).toMillis() / 1000.0;
    assertThat(seconds).as("seconds").isLessThan(limit + 3.5);
    assertThat(results.test()).isFinite().isPositive();
    assertThat(Files.isDirectory(run.path().resolve(results.model()))).isTrue();
    if (kind.equals("text")) {
      assertThat(Files.readString(run.journal()))
          .contains("time_limit", "search.budget.seconds leaves no time to compare candidates");
      assertThat(results.winner().optimizer().get(Hyperparameter.LEARNING_RATE)).isEqualTo(0.25);
    }
  }

  /** The derivation is interrupted after each candidate, and none is tried twice. */
  @Test
  void run_interruptedInTheDerivation_goesOnWithTheNextCandidate() throws IOException {
    List<String> overrides = TinySearch.overrides();
    EffectiveConfig config = ConfigLoader.defaults(overrides);
    RunDirectory whole = create("whole", config);
    go(whole, overrides, () -> false);
    RunDirectory run = create("parts", config);
    int sessions = 0;
    while (!Files.exists(run.result()) && sessions < 50) {
      int before = tried(run);
      sessions++;
      run(run, overrides, () -> tried(run) > before);
    }
    assertThat(sessions).as("interruptions of the derivation").isGreaterThanOrEqualTo(5);
    assertThat(JournalReader.read(run.journal()).comparable())
        .isEqualTo(JournalReader.read(whole.journal()).comparable());
  }

  /** Long enough for the default windows and streams. */
  private static List<String> wholeTexts() throws IOException {
    Path train = Files.writeString(folder.resolve("whole.txt"), TinyText.lines(700, 0));
    Path test = Files.writeString(folder.resolve("whole-test.txt"), TinyText.lines(40, 5));
    return List.of("data.text.train=" + train, "data.text.test=" + test);
  }

  private static int tried(RunDirectory run) {
    return Files.exists(run.journal())
        ? (int)
            JournalReader.read(run.journal()).entries().stream()
                .filter(JournalEntry.Tried.class::isInstance)
                .count()
        : 0;
  }

  private static RunDirectory create(String name, EffectiveConfig config) {
    RunManifest manifest =
        new RunManifest("tiny", 1, "joint", "tandem search", Instant.EPOCH, "0", config.hash());
    return RunDirectory.create(Disk.system(), folder.resolve(name), manifest, config.text());
  }

  private static Results go(RunDirectory run, List<String> overrides, BooleanSupplier interrupted) {
    return run(run, overrides, interrupted).orElseThrow();
  }

  private static Optional<Results> run(
      RunDirectory run, List<String> overrides, BooleanSupplier interrupted) {
    EffectiveConfig config = ConfigLoader.defaults(overrides);
    return Injectors.pipeline(config.experiment())
        .run(run, () -> ExperimentData.load(config.experiment()), Progress.NONE, interrupted);
  }
}
