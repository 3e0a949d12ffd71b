package io.tandem.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import io.tandem.config.Experiment;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.OptimizerUpdate;
import io.tandem.run.search.SearchPipeline;
import io.tandem.space.SearchSpace;

/** The inner loop's update and the space that it serves. */
final class InnerModule extends AbstractModule {
  @Provides
  SearchSpace space(Experiment experiment) {
    return SearchPipeline.searchedSpace(experiment);
  }

  @Provides
  OptimizerUpdate update(Experiment experiment, SearchSpace space) {
    return new FamilySwitch(space.families(), experiment.inner());
  }
}
