package io.tandem.wiring;

import com.google.inject.AbstractModule;
import io.tandem.config.Experiment;

/** The configuration and the settings in it. */
final class ExperimentModule extends AbstractModule {
  private final Experiment experiment;

  ExperimentModule(Experiment experiment) {
    this.experiment = experiment;
  }

  @Override
  protected void configure() {
    bind(Experiment.class).toInstance(experiment);
  }
}
