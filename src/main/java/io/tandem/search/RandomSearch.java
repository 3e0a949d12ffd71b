package io.tandem.search;

import io.tandem.data.Seeds;
import io.tandem.space.Candidate;
import io.tandem.space.Choices;
import io.tandem.space.Decision;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
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
    Candidate candidate = graph.space().decode(draw(graph.space(), random));
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

  /** Draws uniformly. */
  static Choices draw(SearchSpace space, SplittableRandom random) {
    List<Integer> discrete = new ArrayList<>();
    List<Double> continuous = new ArrayList<>();
    for (Decision decision : space.decisions()) {
      if (decision instanceof Decision.Categorical categorical) {
        discrete.add(random.nextInt(categorical.options()));
      } else if (decision instanceof Decision.Continuous) {
        continuous.add(random.nextDouble());
      } else {
        for (int bit = 0; bit < decision.width(); bit++) {
          discrete.add(random.nextInt(2));
        }
      }
    }
    return new Choices(discrete, continuous);
  }
}
