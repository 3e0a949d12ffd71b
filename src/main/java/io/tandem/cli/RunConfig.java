package io.tandem.cli;

import io.tandem.config.ConfigLoader;
import io.tandem.config.EffectiveConfig;
import io.tandem.config.Places;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.UserError;
import java.util.List;

/**
 * The configuration that a run began with, for a session that goes on with it. Everything is as it
 * was but where the data are: a run may be moved together with them, or told where they are now.
 * That they are the same data is checked by their hash.
 */
final class RunConfig {
  private RunConfig() {}

  /**
   * That of a run, with data at other places.
   *
   * @param run the run
   * @param overrides places of its data, {@code path=value}
   * @throws UserError if an override says anything else, or the saved configuration was altered
   */
  static EffectiveConfig of(RunDirectory run, List<String> overrides) {
    String saved = untouched(run);
    for (String override : overrides) {
      if (!Places.isOne(override)) {
        throw new UserError(
            UserError.Kind.USAGE,
            override
                + ": cannot be changed in a run, only where its data are, for example with --set"
                + " data.csv.file=PATH; start a new run for it");
      }
    }
    return ConfigLoader.restore(saved, run.config().toString(), run::now, overrides);
  }

  /**
   * That of a run, which may be given once more.
   *
   * @param run the run
   * @param given a configuration that has to be the run's, if there is one, or places of its data
   * @throws UserError if the given one is another, or the saved one was altered
   */
  static EffectiveConfig of(RunDirectory run, ConfigOptions given) {
    if (!given.given() || given.onlyPlaces()) {
      return of(run, given.overrides());
    }
    String saved = untouched(run);
    EffectiveConfig again = run.manifest().isTuning() ? given.loadFullyConnected() : given.load();
    if (!Places.sameWithout(again.text(), saved)) {
      run.requireSameConfig(again.hash());
    }
    return again;
  }

  private static String untouched(RunDirectory run) {
    String saved = run.configText();
    run.requireUntouchedConfig(EffectiveConfig.hash(saved));
    return saved;
  }
}
