package io.tandem.run.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.config.ConfigLoader;
import io.tandem.config.EffectiveConfig;
import io.tandem.data.source.DataLoader;
import io.tandem.disk.Disk;
import io.tandem.disk.Progress;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunManifest;
import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import io.tandem.report.journal.JournalEntry;
import io.tandem.report.journal.JournalReader;
import io.tandem.wiring.Injectors;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What hypergradients are for: a penalty for every class, found at a tenth of what a grid of one
 * common penalty costs.
 */
class PenaltyGridTest {
  private static final int POINTS = 50;

  @TempDir Path folder;

  @Test
  void descent_penaltyPerClassOnDigits_reachesTheGridsLossInATenthOfItsPasses() {
    GradientRegistry.install();
    EffectiveConfig config =
        ConfigLoader.defaults(
            List.of(
                "tune.initial_weights=ZERO",
                "tune.rule=NESTEROV",
                "tune.steps=400",
                "tune.batch=10000",
                "tune.to_rest=true",
                "tune.warm_start=true",
                "tune.learning_rate.initial=0.1",
                "tune.momentum.initial=0.95",
                "tune.l2.granularity=UNIT",
                "tune.l2.initial=0.01",
                "tune.l2.min=1e-4",
                "tune.l2.max=1",
                "tune.outer.steps=8",
                "tune.outer.method=HOAG",
                "tune.outer.tolerance=0.01",
                "response=conjugate_gradient",
                "response.conjugate_gradient.iterations=30",
                "response.conjugate_gradient.damping=0"));
    RunManifest manifest =
        new RunManifest("hoag", 0, RunManifest.TUNE, "test", Instant.EPOCH, "test", config.hash());
    RunDirectory run =
        RunDirectory.create(Disk.system(), folder.resolve("run"), manifest, config.text());
    Injectors.tuning(config.experiment())
        .run(
            run,
            () ->
                DataLoader.load(
                    config.experiment().data(), config.experiment().seed(), GraphImageDecoder::new),
            Progress.NONE,
            () -> false);
    List<PenaltyGrid.Point> grid = PenaltyGrid.search(config.experiment(), POINTS, false);
    double wanted = PenaltyGrid.best(grid).loss();
    // The optimum lies inside, or a larger grid would have been better.
    assertThat(grid.get(0).loss()).isGreaterThan(wanted);
    assertThat(grid.get(POINTS - 1).loss()).isGreaterThan(wanted);
    long passes = 0;
    for (JournalEntry entry : JournalReader.read(run.journal()).entries()) {
      if (entry instanceof JournalEntry.Tuned tuned) {
        JournalEntry.Solved solved = Objects.requireNonNull(tuned.solved());
        // Every product counts as two gradients.
        passes += solved.gradients() + 2 * (solved.products() + 2);
        if (tuned.outerLoss() <= wanted) {
          break;
        }
      }
    }
    JournalEntry.Tuned last = last(run);
    assertThat(last.outerLoss()).isLessThanOrEqualTo(wanted);
    assertThat(10 * passes).isLessThan(PenaltyGrid.passes(grid));
  }

  private static JournalEntry.Tuned last(RunDirectory run) {
    return JournalReader.read(run.journal()).entries().stream()
        .filter(JournalEntry.Tuned.class::isInstance)
        .map(JournalEntry.Tuned.class::cast)
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }
}
