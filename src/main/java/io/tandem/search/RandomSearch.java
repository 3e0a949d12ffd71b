package io.tandem.search;

import io.tandem.data.Seeds;
import io.tandem.search.plan.SearchCosts;
import io.tandem.search.plan.SearchSettings;
import io.tandem.search.plan.TrialLength;
import io.tandem.search.propose.UniformDraw;
import io.tandem.space.Candidate;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random search (Bergstra and Bengio 2012): candidates drawn uniformly, on each hyperparameter's
 * scale, and trained from scratch. The best one wins.
 */
final class RandomSearch implements SearchStrategy {
  private final SearchGraph graph;
  private final Pace pace;
  private final Trial trial;
  private final TrialLength length;

  RandomSearch(SearchGraph graph, SearchSettings settings, Pace pace) {
    this.graph = graph;
    this.pace = pace;
    this.trial = new Trial(graph, settings.derive().batch(), pace);
    this.length = SearchCosts.length(settings.derive(), graph.rows(), graph.unrollSteps());
  }

  @Override
  public Advance step(SearchState state) {
    long step = state.step() + 1;
    SplittableRandom random = new SplittableRandom(Seeds.of(graph.seed(), "search/random", step));
    Candidate candidate = graph.space().decode(UniformDraw.of(graph.space(), random));
    return Trials.advance(
        state, List.of(trial.run(candidate, length, "search/trial", step, pace.end())));
  }

  @Override
  public boolean canDerive(SearchState state) {
    return state.best().isPresent();
  }

  @Override
  public Advance derive(SearchState state) {
    return Trials.finish(state);
  }
}
