package io.tandem.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import io.tandem.config.Experiment;
import io.tandem.graph.hypergradient.HypergradientEstimator;

/** The response estimator. */
final class HypergradientModule extends AbstractModule {
  @Provides
  HypergradientEstimator estimator(Experiment experiment) {
    return HypergradientEstimator.of(experiment.response());
  }
}
