package io.tandem.run.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tandem.config.ConfigLoader;
import io.tandem.config.EffectiveConfig;
import io.tandem.disk.Disk;
import io.tandem.disk.Progress;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunManifest;
import io.tandem.report.Results;
import io.tandem.report.journal.JournalEntry;
import io.tandem.report.journal.JournalReader;
import io.tandem.run.task.ExperimentData;
import io.tandem.space.Hyperparameter;
import io.tandem.testing.TinySearch;
import io.tandem.testing.TinyText;
import io.tandem.wiring.Injectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A limit of time covers a whole run, in whichever phase it would be without one. */
class TimedRunTest {
  private static final double LIMIT = 8;
  private static final String ENDLESS =
      " search.budget.examples=1e12 search.derive.examples=1e9 retrain.examples=1e7";
  private static final String TEXT = "text ";

  @TempDir private static Path folder = Path.of("");

  private static final String GIVEN =
      "search.strategy=GIVEN"
          + " search.architecture=[{\"units\":8,\"activation\":\"tanh\",\"dropout\":0,\"adds\":[]}]";
  private static final String SEARCH = "the search ended after [1-9]\\d* of \\d+ ";
  private static final String TRAININGS =
      "[1-9] of \\d+ trainings of candidates took [\\d,]+ of their ";

  /** Settings, and what has to be said that they left out: one of each kind of search. */
  private static Stream<Arguments> endless() {
    return Stream.of(
        arguments("search.strategy=JOINT", List.of(SEARCH + "steps", TRAININGS)),
        arguments(
            "search.strategy=RANDOM_HALVING search.halving.examples=1e9",
            List.of(SEARCH + "candidates", TRAININGS)),
        arguments(
            "search.strategy=ENAS_TUNED_ONCE search.halving.examples=1e9",
            List.of(SEARCH + "candidates", SEARCH + "steps", TRAININGS)),
        arguments(
            "search.refine.steps=1000 search.refine.horizon=3000",
            List.of(SEARCH + "steps", "the refinement ended after \\d+ of 1000 steps")),
        arguments(
            "search.derive.samples=5000 search.derive.keep=40",
            List.of(
                "the derivation compared [1-9]\\d* of 5000 candidates, as search.budget.seconds")),
        arguments(TEXT + "search.strategy=JOINT", List.of()));
  }

  private static Stream<Arguments> endlessToo() {
    return Stream.of(
        arguments("search.strategy=RANDOM", List.of(SEARCH + "candidates", TRAININGS)),
        arguments("search.strategy=NAS", List.of(SEARCH + "steps", TRAININGS)),
        arguments(
            "search.strategy=ENAS_THEN_HYPERPARAMETERS search.halving.examples=1e9",
            List.of(SEARCH + "candidates", SEARCH + "steps", TRAININGS)),
        arguments(GIVEN, List.of()),
        arguments(
            "search.shared_steps=10000",
            List.of(
                "the search ended after 0 of \\d+ steps, as search.budget.seconds allows no more:"
                    + " the controller has not learnt anything; allow more time")),
        arguments(
            "search.strategy=ENAS search.derive.samples=5000 search.derive.keep=40",
            List.of(
                "the derivation scored [1-9]\\d* of 5000 candidates and trains [1-9]\\d* of 40 ")),
        arguments(TEXT + "search.strategy=ENAS", List.of()));
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("endlessToo")
  void run_thatWouldBeEndlessInAnotherWay_endsInTimeWithAValidWinner(
      String changes, List<String> said) throws IOException {
    run_thatWouldBeEndless_endsInTimeWithAValidWinner(changes, said);
  }

  @ParameterizedTest
  @MethodSource("endless")
  void run_thatWouldBeEndless_endsInTimeWithAValidWinner(String changes, List<String> said)
      throws IOException {
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
    for (String line : said) {
      assertThat(limits(run)).anyMatch(text -> text.matches(line + ".*"));
    }
    assertThat(limits(run)).doesNotHaveDuplicates();
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

  /** As people have them: nothing is made small, so that the graph of a search is large. */
  @Test
  void run_ofADefaultSpace_endsInTime() throws IOException {
    assertEndsInTime("macro", 12);
  }

  /**
   * For the graph of a text there is no time, so that a network that is drawn is trained with the
   * fixed optimizer. How long that graph takes to be built differs most between machines.
   */
  @Tag("slow")
  @Test
  void run_ofADefaultSpaceOfTexts_endsInTime() throws IOException {
    assertEndsInTime("text", 20);
  }

  private static void assertEndsInTime(String kind, double limit) throws IOException {
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

  /** A resume says of a training that was complete before that it was complete. */
  @Test
  void run_resumedAfterTheRetraining_doesNotCallItCut() throws IOException {
    List<String> overrides = new ArrayList<>(TinySearch.overrides());
    overrides.add("search.budget.seconds=100");
    EffectiveConfig config = ConfigLoader.defaults(overrides);
    RunDirectory run = create("retrained", config);
    LastStep retrained = new LastStep("retrain");
    assertThat(
            Injectors.pipeline(config.experiment())
                .run(run, () -> ExperimentData.load(config.experiment()), retrained, retrained))
        .isEmpty();
    assertThat(go(run, overrides, () -> false).test()).isFinite();
    assertThat(limits(run)).isEmpty();
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

  /** Interrupts a run after the last step of a phase. */
  private static final class LastStep implements Progress, BooleanSupplier {
    private final String wanted;
    private String phase = "";
    private long total;
    private boolean reached;

    LastStep(String wanted) {
      this.wanted = wanted;
    }

    @Override
    public void phase(String name, long steps) {
      phase = name;
      total = steps;
    }

    @Override
    public void step(long done, Map<String, Double> metrics) {
      reached |= phase.equals(wanted) && done == total;
    }

    @Override
    public void message(String text) {}

    @Override
    public void close() {}

    @Override
    public boolean getAsBoolean() {
      return reached;
    }
  }

  private static List<String> limits(RunDirectory run) {
    return JournalReader.read(run.journal()).entries().stream()
        .filter(JournalEntry.Event.class::isInstance)
        .map(JournalEntry.Event.class::cast)
        .filter(event -> event.name().equals("time_limit"))
        .map(JournalEntry.Event::text)
        .toList();
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
