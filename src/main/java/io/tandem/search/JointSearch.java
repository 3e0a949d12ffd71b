package io.tandem.search;

import io.tandem.graph.joint.child.Evaluation;
import io.tandem.search.plan.HalvingSettings;
import io.tandem.search.plan.SearchCosts;
import io.tandem.search.plan.SearchSettings;
import io.tandem.search.propose.ControllerProposals;
import io.tandem.search.propose.Proposals;
import io.tandem.space.Candidate;
import java.util.List;
import java.util.Optional;

/**
 * Strategy {@code joint}: a search with shared weights teaches the controller, which then proposes
 * candidates for successive halving and goes on learning from how they do. Shared weights rank
 * nothing: their order of candidates is not that of trainings from scratch (Yu et al. 2020). How
 * far it is from that is measured on a few.
 */
final class JointSearch implements SearchStrategy {
  /** Name of the first rung in the journal. */
  static final String FIRST = "rung 0";

  /**
   * Candidates that are scored with shared weights before their first training, to know what such
   * scores are worth: those of which none was selected.
   */
  static final int SCORED = HalvingSettings.BEFORE_LEARNING;

  /** Share of the time of the derivation that the scores may take. */
  private static final double SCORING = 0.1;

  private final SearchGraph graph;
  private final SharedSearch shared;
  private final ControllerProposals proposals;
  private final HalvingSearch halving;
  private final SearchCosts costs;
  private final Pace pace;

  JointSearch(SearchGraph graph, SearchSettings settings, SearchCosts costs, Pace pace) {
    this.graph = graph;
    this.costs = costs;
    this.pace = pace;
    shared = new SharedSearch(graph, settings, costs, pace);
    proposals = new ControllerProposals(graph.space(), graph.policy(), graph.seed(), true);
    halving = new HalvingSearch(graph, settings, FIRST, costs.ranked(), pace, proposals);
  }

  @Override
  public Advance step(SearchState state) {
    return shared.step(state);
  }

  @Override
  public boolean canDerive(SearchState state) {
    return true;
  }

  /** Scores one of the first candidates, trains the next one, or promotes one. */
  @Override
  public Advance derive(SearchState state) {
    pace.requireGo();
    if (isScoring(state)) {
      return score(state);
    }
    return isProposing(state)
        ? halving.step(state, pace.at(proposing()))
        : halving.derive(state, proposing());
  }

  private static int scored(SearchState state) {
    return state.derivation().map(Derivation::size).orElse(0);
  }

  /** The first training overwrites the shared weights. */
  private boolean isScoring(SearchState state) {
    return state.contenders().isEmpty() && scored(state) < costs.scored() && pace.share() < SCORING;
  }

  private Advance score(SearchState state) {
    int index = scored(state);
    Proposals.Proposal proposal = proposals.at(index, HalvingSearch.random(graph.seed(), index));
    Candidate candidate = graph.space().decode(proposal.choices());
    Evaluation evaluation = graph.child().evaluate(candidate, costs.score());
    Derivation further =
        state.derivation().orElseGet(() -> Derivation.at(pace.seconds())).withScored(evaluation);
    long examples = state.examples() + costs.score();
    return new Advance(
        state.deriving(further, examples),
        List.of(
            Trials.tried(
                "derive", index, new Scored(candidate, evaluation), examples, pace.seconds())));
  }

  private boolean isProposing(SearchState state) {
    int done = state.contenders().size();
    double until = halving.canDerive(state) ? proposing() : 1;
    return done == 0 || done < costs.ranked() && pace.share() < until;
  }

  /** Share of the derivation, in examples and in time, until the last candidate is proposed. */
  private double proposing() {
    return 1 - (double) costs.promotions() / costs.derivation();
  }

  @Override
  public Optional<Stand> stand(SearchState state) {
    if (isScoring(state)) {
      return Optional.of(
          new Stand("score candidates", scored(state), costs.scored(), Optional.empty()));
    }
    return isProposing(state) ? Optional.of(halving.proposing(state)) : halving.stand(state);
  }
}
