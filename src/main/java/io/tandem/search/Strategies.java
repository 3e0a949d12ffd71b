package io.tandem.search;

import io.tandem.search.plan.SearchSettings;
import io.tandem.search.plan.SearchStage;
import io.tandem.search.propose.ControllerProposals;
import io.tandem.search.propose.Evolution;
import io.tandem.search.propose.GivenNetwork;
import io.tandem.search.propose.Proposals;
import io.tandem.search.propose.UniformDraw;
import io.tandem.space.Architecture;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.OptimizerSpace;
import io.tandem.space.SearchSpace;
import java.util.Optional;

/** Makes the strategy of a search from what it works with. */
final class Strategies {
  private Strategies() {}

  /**
   * The strategy of a search that stands alone.
   *
   * @param graph the static graph
   * @param stage settings and costs
   * @param pace the time, and whether to stop
   */
  static SearchStrategy alone(SearchGraph graph, SearchStage stage, Pace pace) {
    SearchSettings settings = stage.settings();
    return switch (settings.strategy()) {
      case JOINT -> new JointSearch(graph, settings, stage.costs(), pace);
      case ENAS -> new SharedSearch(graph, settings, stage.costs(), pace);
      case RANDOM -> new RandomSearch(graph, settings, pace);
      case RANDOM_HALVING ->
          halving(
              graph,
              stage,
              pace,
              (all, random) -> new Proposals.Proposal(UniformDraw.of(graph.space(), random), true));
      case EVOLUTION -> halving(graph, stage, pace, new Evolution(graph.space()));
      case JOINT_HALVING ->
          halving(
              graph,
              stage,
              pace,
              new ControllerProposals(graph.space(), graph.policy(), graph.seed(), false));
      case NAS -> new NasSearch(graph, settings, pace);
      case ENAS_TUNED_ONCE, ENAS_THEN_HYPERPARAMETERS ->
          throw new IllegalArgumentException("these are two searches");
      case GIVEN -> throw new IllegalArgumentException("nothing is searched with GIVEN");
    };
  }

  /**
   * The strategy of one of two searches: what shares weights searches architectures for one
   * optimizer, the other optimizers for one architecture.
   *
   * @param graph the static graph
   * @param stage settings and costs
   * @param pace the time, and whether to stop
   * @param first how the first of them ended; empty if this is the first
   */
  static SearchStrategy of(
      SearchGraph graph, SearchStage stage, Pace pace, Optional<FirstStage> first) {
    SearchSpace space = graph.space();
    if (stage.settings().strategy().sharesWeights()) {
      SearchSpace networks =
          new SearchSpace(space.architecture(), OptimizerSpace.fixed(optimizer(graph, first)));
      return alone(graph.within(networks), stage, pace);
    }
    Architecture network =
        first
            .map(ended -> ended.winner().candidate().architecture())
            .orElseGet(() -> space.architecture().middle());
    return halving(graph, stage, pace, GivenNetwork.of(space, network));
  }

  /**
   * What trains the shared weights of one of two searches.
   *
   * @param graph the static graph
   * @param first how the first of them ended; empty if this is the first
   */
  static OptimizerSettings optimizer(SearchGraph graph, Optional<FirstStage> first) {
    return first
        .map(ended -> ended.winner().candidate().optimizer())
        .or(() -> graph.space().shared())
        .orElseThrow();
  }

  private static SearchStrategy halving(
      SearchGraph graph, SearchStage stage, Pace pace, Proposals proposals) {
    return new HalvingSearch(
        graph, stage.settings(), Trials.SEARCH, stage.steps(), pace, proposals);
  }
}
