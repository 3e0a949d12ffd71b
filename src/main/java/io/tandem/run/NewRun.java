package io.tandem.run;

import io.tandem.config.EffectiveConfig;
import io.tandem.config.Experiment;
import io.tandem.disk.Disk;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunManifest;
import io.tandem.metric.Metric;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What a new run is made of, besides its configuration.
 *
 * @param command command line that begins it
 * @param started when it begins
 * @param version version of the program
 */
public record NewRun(String command, Instant started, String version) {
  /**
   * Makes the directory of the run.
   *
   * @param disk where to
   * @param path the directory: absent or empty; missing parents are created
   * @param effective configuration of the run
   * @throws io.tandem.disk.UserError if the path is taken or cannot be written
   */
  public RunDirectory create(Disk disk, Path path, EffectiveConfig effective) {
    Experiment experiment = effective.experiment();
    RunManifest manifest =
        new RunManifest(
            experiment.name(),
            experiment.seed(),
            experiment.search().strategy().name().toLowerCase(Locale.ROOT),
            command,
            started,
            version,
            effective.hash(),
            experiment.goal(),
            data(experiment),
            experiment.search().joint().metric().map(Metric::text));
    return RunDirectory.create(disk, path, manifest, effective.text());
  }

  /** Source of the data as it is called from here. */
  public static Optional<String> data(Experiment experiment) {
    return Optional.of(experiment.data().source().name(Path.of("").toAbsolutePath()));
  }
}
