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
import io.tandem.disk.SteadyClock;
import io.tandem.disk.UserError;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.run.task.ExperimentData;
import io.tandem.run.tune.TunePipeline;
import io.tandem.space.SearchSpace;
import io.tandem.testing.FailingDisk;
import io.tandem.testing.FailingDisk.Failure;
import io.tandem.testing.RunBytes;
import io.tandem.testing.TinySearch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whichever operation of the disk fails, and however, a command ends with one line and exit code 4,
 * and when it is resumed there is every file, with the bytes of a run whose disk never failed.
 */
final class FailedWritesTest {
  @TempDir private static Path folder = Path.of("");

  /** The commands that make a run. */
  enum Command {
    TRAIN("search.strategy=GIVEN"),
    TUNE(RunManifest.TUNE),
    REFINE("search.refine.steps=2"),
    SEARCH("search.refine.steps=0");

    private final String setting;

    Command(String setting) {
      this.setting = setting;
    }

    EffectiveConfig config() {
      List<String> overrides = new ArrayList<>(TinySearch.overrides());
      if (this == TUNE) {
        overrides.addAll(
            List.of(
                "tune.units=8",
                "tune.steps=3",
                "tune.batch=64",
                "tune.outer.steps=3",
                "tune.learning_rate.granularity=STEP"));
      } else {
        overrides.add(setting);
      }
      if (this == TRAIN) {
        overrides.add(
            "search.architecture=[{\"units\":8,\"activation\":\"tanh\",\"dropout\":0,\"adds\":[]}]");
      }
      if (this != TRAIN && this != TUNE) {
        // These trainings have tests of their own.
        overrides.add("retrain.examples=640");
      }
      return ConfigLoader.defaults(overrides);
    }

    void go(RunDirectory run, Disk disk) {
      Experiment experiment = config().experiment();
      if (this == TUNE) {
        assertThat(
                new TunePipeline(experiment, disk, SteadyClock.system())
                    .run(run, () -> ExperimentData.rows(experiment), Progress.NONE, () -> false))
            .isPresent();
        return;
      }
      SearchSpace space = SearchPipeline.searchedSpace(experiment);
      SearchPipeline pipeline =
          new SearchPipeline(
              experiment,
              space,
              new FamilySwitch(space.families(), experiment.inner()),
              HypergradientEstimator.of(experiment.response()),
              disk,
              SteadyClock.system());
      assertThat(
              pipeline.run(run, () -> ExperimentData.load(experiment), Progress.NONE, () -> false))
          .isPresent();
    }

    RunDirectory create(String name) {
      EffectiveConfig config = config();
      RunManifest manifest =
          new RunManifest(
              "tiny",
              1,
              this == TUNE ? RunManifest.TUNE : "joint",
              "tandem",
              Instant.EPOCH,
              "0",
              config.hash());
      return RunDirectory.create(
          Disk.system(), folder.resolve(this + "-" + name), manifest, config.text());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TRAIN", "TUNE"})
  void run_diskFailsAtSomeOperations_endsInOneLineAndIsResumedToTheSame(Command command)
      throws IOException {
    fail(command, 4);
  }

  /** All of them; the searches are the same pipeline with more phases. */
  @ParameterizedTest
  @EnumSource
  @Tag("slow")
  void run_diskFailsAtEveryOperation_endsInOneLineAndIsResumedToTheSame(Command command)
      throws IOException {
    fail(command, Integer.MAX_VALUE);
  }

  private static void fail(Command command, int most) throws IOException {
    FailingDisk counting = new FailingDisk(Failure.NO_SPACE, Integer.MAX_VALUE);
    RunDirectory whole = command.create("whole-" + most);
    command.go(whole, counting);
    Map<String, String> expected = RunBytes.of(whole.path());
    int operations = counting.operations();
    assertThat(operations).isGreaterThan(30);
    int tries = Math.min(most, operations);
    for (int at :
        IntStream.rangeClosed(1, tries).map(each -> each * operations / tries).toArray()) {
      Failure failure = Failure.values()[at % Failure.values().length];
      String what = command + ", " + failure + " at operation " + at;
      RunDirectory run = command.create(most + "-" + at);
      assertThatExceptionOfType(UserError.class)
          .as(what)
          .isThrownBy(() -> command.go(run, new FailingDisk(failure, at)))
          .withMessageStartingWith(run.path().toString())
          .withMessageNotContainingAny("\n", "Exception")
          .matches(error -> error.kind().exitCode() == 4);
      command.go(run, Disk.system());
      assertThat(RunBytes.of(run.path())).as(what).isEqualTo(expected);
    }
  }
}
