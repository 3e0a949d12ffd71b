package io.tandem.run.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tandem.config.ConfigLoader;
import io.tandem.config.EffectiveConfig;
import io.tandem.config.Experiment;
import io.tandem.disk.Disk;
import io.tandem.disk.Progress;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunManifest;
import io.tandem.disk.UserError;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.report.Results;
import io.tandem.report.journal.JournalReader;
import io.tandem.run.task.ExperimentData;
import io.tandem.space.SearchSpace;
import io.tandem.testing.FailingDisk;
import io.tandem.testing.RunFacts;
import io.tandem.testing.TinySearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever stops a run in order, a person or a full disk, costs nothing that was written: it goes
 * on and ends with the same bits as a run that nothing stopped.
 */
final class ResumedRunTest {
  @TempDir private static Path folder = Path.of("");

  private static final EffectiveConfig CONFIG = ConfigLoader.defaults(TinySearch.overrides());
  private static Map<String, String> expected = Map.of();
  private static List<String> journal = List.of();
  private static int operations;

  @BeforeAll
  static void runWhole() throws IOException {
    RunDirectory whole = create("whole", CONFIG);
    FailingDisk counting = new FailingDisk(FailingDisk.Failure.NO_SPACE, Integer.MAX_VALUE);
    assertThat(go(whole, CONFIG, counting, () -> false)).isPresent();
    operations = counting.operations();
    expected = RunFacts.of(whole.path());
    journal = JournalReader.read(whole.journal()).comparable();
  }

  @Test
  void run_interruptedAgainAndAgain_endsLikeAnUninterruptedOne() throws IOException {
    RunDirectory run = create("interrupted", CONFIG);
    assertThat(goInSessions(run, CONFIG)).isBetween(4, 12);
    assertThat(RunFacts.of(run.path())).isEqualTo(expected);
    assertThat(Files.readString(run.journal())).contains("\"interrupted\"", "in the retraining");
  }

  /** Searches of other kinds, whose own state a resume must find again. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "search.response_through=SHARED",
        // Enough candidates for the controller to learn from in the derivation.
        "search.derive.samples=17 search.derive.keep=1 search.halving.reduction=2"
            + " search.budget.examples=19900",
        "search.strategy=NAS",
        "search.strategy=JOINT_HALVING search.halving.keep=1 search.halving.examples=320"
            + " search.halving.rungs=2 search.budget.examples=16000"
            + " space.perceptron.layers=3 space.perceptron.optional_layers=true"
            + " space.optimizer.families=ADAM,RMSPROP"
            + " space.optimizer.schedules=COSINE,WARMUP_LINEAR space.optimizer.beta2=0.9..0.999"
            + " space.optimizer.warmup=0.02..0.4 space.optimizer.batch_sizes=32,64"
            + " retrain.checkpoint_every=5",
        "search.strategy=ENAS_TUNED_ONCE search.halving.keep=1 search.halving.examples=320"
            + " search.halving.rungs=2 search.budget.examples=20000",
      })
  void run_ofAnotherKindInterrupted_endsLikeAnUninterruptedOne(String changes) throws IOException {
    assertEndsLikeAnUninterruptedOne(changes);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "search.architecture_gradient=GATES",
        "space.perceptron.layers=3 space.perceptron.optional_layers=true"
            + " space.optimizer.families=ADAM,RMSPROP"
            + " space.optimizer.schedules=COSINE,WARMUP_LINEAR"
            + " space.optimizer.beta2=0.9..0.999 space.optimizer.warmup=0.02..0.4",
        "search.strategy=RANDOM_HALVING search.halving.keep=1 search.halving.examples=640"
            + " search.halving.reduction=2 search.budget.examples=10000",
        "search.strategy=EVOLUTION search.halving.keep=1 search.halving.examples=320"
            + " search.halving.rungs=2 search.budget.examples=14000",
        "search.strategy=JOINT_HALVING search.halving.keep=1 search.halving.examples=320"
            + " search.halving.rungs=2 search.budget.examples=16000",
        "search.strategy=ENAS_THEN_HYPERPARAMETERS search.halving.keep=1"
            + " search.halving.examples=320 search.halving.rungs=2 search.budget.examples=20000",
      })
  void run_ofStillAnotherKindInterrupted_endsLikeAnUninterruptedOne(String changes)
      throws IOException {
    assertEndsLikeAnUninterruptedOne(changes);
  }

  private static void assertEndsLikeAnUninterruptedOne(String changes) throws IOException {
    List<String> overrides = new ArrayList<>(TinySearch.overrides());
    overrides.addAll(List.of(changes.split(" ")));
    EffectiveConfig config = ConfigLoader.defaults(overrides);
    RunDirectory whole = create("whole-" + changes.hashCode(), config);
    assertThat(go(whole, config, Disk.system(), () -> false)).isPresent();
    RunDirectory run = create("parts-" + changes.hashCode(), config);
    assertThat(goInSessions(run, config)).isGreaterThan(2);
    assertThat(RunFacts.of(run.path())).isEqualTo(RunFacts.of(whole.path()));
  }

  private static int goInSessions(RunDirectory run, EffectiveConfig config) {
    AtomicLong asked = new AtomicLong();
    int sessions = 0;
    Optional<Results> results = Optional.empty();
    while (results.isEmpty()) {
      asked.set(0);
      results = go(run, config, Disk.system(), () -> asked.incrementAndGet() == 45);
      sessions++;
    }
    return sessions;
  }

  @Test
  void run_diskFullAtAnyTime_losesNothingAndEndsTheSameWithSpace() throws IOException {
    int[] failing = {1, operations / 3, operations * 2 / 3, operations - 8, operations};
    for (int at : failing) {
      RunDirectory run = create("full-" + at, CONFIG);
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(
              () -> go(run, CONFIG, new FailingDisk(FailingDisk.Failure.NO_SPACE, at), () -> false))
          .withMessageStartingWith(run.path().toString())
          // At the very last operation the run has its result, and there is nothing to resume.
          .withMessageContaining(
              "no space left on the device; free some, then "
                  + (at == operations
                      ? "try again"
                      : "resume the run with: tandem search --resume "))
          .withMessageNotContaining("\n")
          .matches(error -> error.kind() == UserError.Kind.RUN);
      List<String> written = JournalReader.read(run.journal()).comparable();
      assertThat(written).isEqualTo(journal.subList(0, written.size()));
      assertThat(go(run, CONFIG, Disk.system(), () -> false)).isPresent();
      assertThat(RunFacts.of(run.path())).as("operation " + at).isEqualTo(expected);
    }
  }

  @Test
  void run_allCheckpointsOfTheRetrainingAndTheNewestOfTheSearchDamaged_goesOnFromTheOneBefore()
      throws IOException {
    RunDirectory run = create("damaged", CONFIG);
    AtomicLong epochs = new AtomicLong();
    Progress counting =
        new CountingProgress(phase -> epochs.set(phase.equals("retrain") ? 1 : epochs.get()));
    assertThat(go(run, CONFIG, Disk.system(), counting, () -> epochs.get() > 0)).isEmpty();
    try (var checkpoints = Files.list(run.retrainCheckpoints())) {
      for (Path checkpoint : checkpoints.toList()) {
        Files.write(checkpoint.resolve("tensors"), new byte[5]);
      }
    }
    Path newest;
    try (var checkpoints = Files.list(run.checkpoints())) {
      newest =
          checkpoints
              .filter(path -> path.getFileName().toString().startsWith("step-"))
              .max(Comparator.comparing(ResumedRunTest::number))
              .orElseThrow();
    }
    Files.writeString(newest.resolve("variables.index"), "altered");
    assertThat(go(run, CONFIG, Disk.system(), () -> false)).isPresent();
    assertThat(RunFacts.of(run.path())).isEqualTo(expected);
    assertThat(Files.readString(run.journal())).contains("damaged_checkpoint");
  }

  private static int number(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().substring("step-".length()));
  }

  @Test
  void run_testPartReadForAnotherNetwork_isRefused() throws IOException {
    RunDirectory run = create("other", CONFIG);
    Files.writeString(run.test(), "{\"network\": \"0\", \"test.accuracy\": 0.5}");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> go(run, CONFIG, Disk.system(), () -> false))
        .withMessageStartingWith(run.test() + ": the test part was read for another network");
    assertThat(run.result()).doesNotExist();
  }

  @Test
  void run_fixedOptimizerThatWouldRuinSharedWeights_dropsItsSteps() {
    List<String> overrides = new ArrayList<>(TinySearch.overrides());
    overrides.addAll(
        List.of(
            "search.strategy=ENAS",
            "fixed_optimizer.family=SGD",
            "fixed_optimizer.learning_rate=50",
            "fixed_optimizer.clip_norm=1000000",
            "search.derive.keep=1"));
    EffectiveConfig ruinous = ConfigLoader.defaults(overrides);
    RunDirectory run = create("ruinous", ruinous);
    try {
      go(run, ruinous, Disk.system(), () -> false);
    } catch (UserError everyCandidateDiverged) {
      assertThat(everyCandidateDiverged).hasMessageContaining("diverged");
    }
    assertThat(JournalReader.read(run.journal()).comparable())
        .anyMatch(line -> line.contains("shared-weight step 0 diverged"));
  }

  @Test
  void save_placeThatCannotBeWritten_isOneLineWithThePlace() throws IOException {
    Experiment experiment = CONFIG.experiment();
    SearchSpace space = experiment.space();
    Path file = Files.createFile(folder.resolve("file"));
    try (StaticGraph graph =
        new StaticGraph(
            experiment,
            space,
            ExperimentData.load(CONFIG.experiment()),
            new FamilySwitch(space.families(), experiment.inner()))) {
      graph.load();
      graph.initialise();
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> graph.save(file.resolve("variables")))
          .withMessageStartingWith(file.resolve("variables") + ": ")
          .withMessageNotContaining("\n");
    }
  }

  private static RunDirectory create(String name, EffectiveConfig config) {
    RunManifest manifest =
        new RunManifest("tiny", 1, "joint", "tandem search", Instant.EPOCH, "0", config.hash());
    return RunDirectory.create(Disk.system(), folder.resolve(name), manifest, config.text());
  }

  private static Optional<Results> go(
      RunDirectory run, EffectiveConfig config, Disk disk, BooleanSupplier interrupted) {
    return go(run, config, disk, Progress.NONE, interrupted);
  }

  private static Optional<Results> go(
      RunDirectory run,
      EffectiveConfig config,
      Disk disk,
      Progress progress,
      BooleanSupplier interrupted) {
    Experiment experiment = config.experiment();
    SearchSpace space = SearchPipeline.searchedSpace(experiment);
    SearchPipeline pipeline =
        new SearchPipeline(
            experiment,
            space,
            new FamilySwitch(space.families(), experiment.inner()),
            HypergradientEstimator.of(experiment.response()),
            disk,
            InstantSource.system());
    return pipeline.run(run, () -> ExperimentData.load(config.experiment()), progress, interrupted);
  }

  /** Is told of phases only. */
  private record CountingProgress(java.util.function.Consumer<String> phases) implements Progress {
    @Override
    public void phase(String name, long total) {
      phases.accept(name);
    }

    @Override
    public void step(long done, Map<String, Double> metrics) {}

    @Override
    public void message(String text) {}

    @Override
    public void close() {}
  }
}
