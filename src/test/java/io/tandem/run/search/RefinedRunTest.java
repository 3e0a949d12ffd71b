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
import io.tandem.report.Refinement;
import io.tandem.report.Results;
import io.tandem.report.journal.JournalEntry;
import io.tandem.report.journal.JournalReader;
import io.tandem.run.task.ExperimentData;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A refinement may only help by validation loss, tells what it changed, is what is retrained, and
 * is not told from an uninterrupted one wherever it is interrupted.
 */
final class RefinedRunTest {
  private static final int STEPS = 3;

  @TempDir private Path folder = Path.of("");

  private static EffectiveConfig config(String... more) {
    List<String> overrides = new ArrayList<>(TinySearch.overrides());
    overrides.add("search.refine.steps=" + STEPS);
    overrides.addAll(List.of(more));
    return ConfigLoader.defaults(overrides);
  }

  @ParameterizedTest
  @EnumSource(OptimizerFamily.class)
  void run_everyFamily_refinesAndRetrainsWhatIsNotWorse(OptimizerFamily family) {
    EffectiveConfig config = config("space.optimizer.families=" + family);
    RunDirectory run = create("run", config);
    Results results = go(run, config, Progress.NONE, () -> false).orElseThrow();
    Refinement refinement = results.refinement().orElseThrow();
    assertThat(refinement.horizon()).isEqualTo(125);
    assertThat(refinement.steps()).isEqualTo(STEPS);
    List<JournalEntry.Tuned> trainings = trainings(run);
    assertThat(trainings).hasSize(STEPS + 1);
    assertThat(refinement.lossBefore()).isEqualTo(trainings.get(0).outerLoss());
    assertThat(refinement.lossAfter())
        .isEqualTo(trainings.stream().mapToDouble(JournalEntry.Tuned::outerLoss).min().orElse(0))
        .isLessThanOrEqualTo(refinement.lossBefore());
    OptimizerSettings optimizer = results.winner().optimizer();
    assertThat(refinement.changes().get("learning_rate").after())
        .isEqualTo(optimizer.get(Hyperparameter.LEARNING_RATE));
    assertThat(refinement.changes().containsKey("momentum"))
        .isEqualTo(family != OptimizerFamily.SGD);
    boolean moments = refinement.changes().containsKey("beta2");
    assertThat(moments)
        .isEqualTo(
            List.of(OptimizerFamily.RMSPROP, OptimizerFamily.ADAM, OptimizerFamily.ADAMW)
                .contains(family));
    if (moments && refinement.bestStep() > 0) {
      assertThat(optimizer.get(Hyperparameter.BETA2))
          .isEqualTo(refinement.changes().get("beta2").after());
    }
    long each = 125 * 32 + 362;
    assertThat(trainings.get(STEPS).examples() - trainings.get(0).examples())
        .isEqualTo(STEPS * each);
    assertThat(results.budgetExamples()).isEqualTo(trainings.get(STEPS).examples() + 125 * 32);
  }

  @Test
  void run_notRefined_saysNothingOfIt() throws IOException {
    EffectiveConfig config = config("search.refine.steps=0");
    RunDirectory run = create("plain", config);
    assertThat(go(run, config, Progress.NONE, () -> false).orElseThrow().refinement()).isEmpty();
    assertThat(trainings(run)).isEmpty();
    assertThat(Files.readString(run.winnerText())).doesNotContain("refined", "beta2");
    assertThat(run.refineCheckpoints()).doesNotExist();
    assertThat(run.refinementChart()).doesNotExist();
  }

  @Test
  void run_shorterHorizonAndOneHyperparameter_refinesThatOverAsManySteps() throws IOException {
    EffectiveConfig config =
        config("search.refine.horizon=40", "search.refine.hyperparameters=LEARNING_RATE");
    RunDirectory run = create("short", config);
    Results results = go(run, config, Progress.NONE, () -> false).orElseThrow();
    Refinement refinement = results.refinement().orElseThrow();
    assertThat(refinement.changes()).containsOnlyKeys("learning_rate");
    assertThat(refinement.horizon()).isEqualTo(40);
    assertThat(Files.readString(run.winnerText()))
        .contains("refined over 40 training steps, ", "  validation loss ", "  learning_rate ");
    assertThat(Files.readString(run.refinementChart())).contains("viewBox=\"0 0 900 960\"");
    assertThat(Files.readString(run.journal()))
        .contains("learning_rate of the winner, through trainings of 40 steps");
  }

  @Test
  void run_winnerHasNothingThatCanBeRefined_isRetrainedAsItIs() {
    EffectiveConfig config =
        config("space.optimizer.families=SGD,ADAM", "search.refine.hyperparameters=MOMENTUM");
    RunDirectory run = create("nothing", config);
    Results results = go(run, config, Progress.NONE, () -> false).orElseThrow();
    assertThat(results.refinement().isPresent())
        .isEqualTo(results.winner().optimizer().family() == OptimizerFamily.ADAM);
  }

  /** {@code asks} counts from the first training of the refinement on; each asks often. */
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "0, 60", "1, 200", "4, 0"})
  void run_interruptedInTheRefinement_endsLikeAnUninterruptedOne(int steps, int asks)
      throws IOException {
    EffectiveConfig config = config();
    RunDirectory whole = create("whole", config);
    go(whole, config, Progress.NONE, () -> false);
    RunDirectory run = create("parts", config);
    RefineWatch watch = new RefineWatch(steps, asks);
    assertThat(go(run, config, watch, watch)).isEmpty();
    assertThat(run.result()).doesNotExist();
    assertThat(go(run, config, Progress.NONE, () -> false)).isPresent();
    assertThat(RunFacts.of(run.path())).isEqualTo(RunFacts.of(whole.path()));
    assertThat(Files.readString(run.journal())).contains("\"resume\"", "\"interrupted\"");
  }

  /** At the first and last operations of the refinement, and in between; then there is space. */
  @Test
  void run_diskFullInTheRefinement_endsInOneLineAndGoesOnToTheSame() throws IOException {
    EffectiveConfig config = config();
    RunDirectory whole = create("whole", config);
    FailingDisk counting = new FailingDisk(FailingDisk.Failure.NO_SPACE, Integer.MAX_VALUE);
    int[] range = new int[2];
    Progress watch =
        new PhaseProgress(
            name -> {
              if (name.equals("refine")) {
                range[0] = counting.operations();
              } else if (name.equals("retrain")) {
                range[1] = counting.operations();
              }
            });
    go(whole, config, counting, watch, () -> false);
    assertThat(range[1] - range[0]).isGreaterThan(4 * STEPS);
    int length = range[1] - range[0];
    for (int after : new int[] {1, length / 5, length / 3, length / 2, length - 8}) {
      int at = range[0] + after;
      RunDirectory run = create("full-" + after, config);
      AtomicReference<String> phase = new AtomicReference<>("");
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(
              () ->
                  go(
                      run,
                      config,
                      new FailingDisk(FailingDisk.Failure.NO_SPACE, at),
                      new PhaseProgress(phase::set),
                      () -> false))
          .withMessageStartingWith(run.path().toString())
          .withMessageContaining(
              "no space left on the device; free some, then resume the run with: tandem search --resume ")
          .withMessageNotContaining("\n")
          .matches(error -> error.kind().exitCode() == 4);
      assertThat(phase).as("operation " + at).hasValue("refine");
      assertThat(go(run, config, Progress.NONE, () -> false)).isPresent();
      assertThat(RunFacts.of(run.path()))
          .as("operation " + at)
          .isEqualTo(RunFacts.of(whole.path()));
    }
  }

  private static List<JournalEntry.Tuned> trainings(RunDirectory run) {
    List<JournalEntry.Tuned> trainings = new ArrayList<>();
    for (JournalEntry entry : JournalReader.read(run.journal()).entries()) {
      if (entry instanceof JournalEntry.Tuned tuned) {
        trainings.add(tuned);
      }
    }
    return trainings;
  }

  private RunDirectory create(String name, EffectiveConfig config) {
    RunManifest manifest =
        new RunManifest("tiny", 1, "joint", "tandem search", Instant.EPOCH, "0", config.hash());
    return RunDirectory.create(Disk.system(), folder.resolve(name), manifest, config.text());
  }

  private static Optional<Results> go(
      RunDirectory run, EffectiveConfig config, Progress progress, BooleanSupplier interrupted) {
    return go(run, config, Disk.system(), progress, interrupted);
  }

  private static Optional<Results> go(
      RunDirectory run,
      EffectiveConfig config,
      Disk disk,
      Progress progress,
      BooleanSupplier interrupted) {
    Experiment experiment = config.experiment();
    SearchSpace space = SearchPipeline.searchedSpace(experiment);
    return new SearchPipeline(
            experiment,
            space,
            new FamilySwitch(space.families(), experiment.inner()),
            HypergradientEstimator.of(experiment.response()),
            disk,
            InstantSource.system())
        .run(run, () -> ExperimentData.load(experiment), progress, interrupted);
  }

  /** Is told of phases only. */
  private record PhaseProgress(Consumer<String> phases) implements Progress {
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

  /** Interrupts after some trainings of the refinement and so many questions more. */
  private static final class RefineWatch implements Progress, BooleanSupplier {
    private final int steps;
    private int asks;
    private boolean refining;
    private long done;

    RefineWatch(int steps, int asks) {
      this.steps = steps;
      this.asks = asks;
    }

    @Override
    public void phase(String name, long total) {
      refining = refining || name.equals("refine");
    }

    @Override
    public void step(long now, Map<String, Double> metrics) {
      done = refining ? now : 0;
    }

    @Override
    public boolean getAsBoolean() {
      return refining && done >= steps && asks-- <= 0;
    }

    @Override
    public void message(String text) {}

    @Override
    public void close() {}
  }
}
