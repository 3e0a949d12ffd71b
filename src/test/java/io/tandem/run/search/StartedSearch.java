package io.tandem.run.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.config.ConfigLoader;
import io.tandem.config.EffectiveConfig;
import io.tandem.config.Experiment;
import io.tandem.disk.Disk;
import io.tandem.disk.Progress;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunManifest;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.report.journal.JournalEntry;
import io.tandem.report.journal.JournalReader;
import io.tandem.run.task.ExperimentData;
import io.tandem.space.SearchSpace;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Runs a search within the test's process. */
final class StartedSearch {
  private StartedSearch() {}

  /**
   * Runs it to its end.
   *
   * @param folder directory of the run
   * @param overrides its settings
   * @return the entries of its journal
   */
  static List<JournalEntry> journal(Path folder, List<String> overrides) {
    EffectiveConfig config = ConfigLoader.defaults(overrides);
    String name = String.valueOf(folder.getFileName());
    RunManifest manifest =
        new RunManifest(name, 1, "test", "tandem search", Instant.EPOCH, "0", config.hash());
    RunDirectory run = RunDirectory.create(Disk.system(), folder, manifest, config.text());
    Experiment experiment = config.experiment();
    SearchSpace space = SearchPipeline.searchedSpace(experiment);
    assertThat(
            new SearchPipeline(
                    experiment,
                    space,
                    new FamilySwitch(space.families(), experiment.inner()),
                    HypergradientEstimator.of(experiment.response()),
                    Disk.system(),
                    InstantSource.system())
                .run(run, () -> ExperimentData.load(experiment), Progress.NONE, () -> false))
        .isPresent();
    return JournalReader.read(run.journal()).entries();
  }
}
