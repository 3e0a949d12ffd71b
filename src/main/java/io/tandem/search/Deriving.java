package io.tandem.search;

import io.tandem.data.Seeds;
import io.tandem.disk.KillPoint;
import io.tandem.graph.joint.child.Evaluation;
import io.tandem.report.journal.JournalEntry;
import io.tandem.report.journal.TimeLimit;
import io.tandem.search.plan.DeriveSettings;
import io.tandem.search.plan.SearchCosts;
import io.tandem.search.plan.TrialLength;
import io.tandem.space.Candidate;
import io.tandem.space.Choices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Derives the winner, candidate by candidate: draws from the controller are scored with the shared
 * weights on the validation part; the best few are trained from scratch for a short while with
 * their own optimizers, which cures the short-horizon bias of the inner loop (Wu et al. 2018); the
 * best of those wins.
 */
final class Deriving {
  /** Of the time of the derivation, for the scoring. */
  private static final double SCORING = 0.2;

  /** Seconds that a training from scratch needs to tell anything, at least. */
  private static final double LEAST_TRIAL = 0.3;

  private final SearchGraph graph;
  private final DeriveSettings settings;
  private final SearchCosts costs;
  private final Pace pace;
  private final Trial trial;
  private final TrialLength length;

  Deriving(SearchGraph graph, DeriveSettings settings, SearchCosts costs, Pace pace) {
    this.graph = graph;
    this.settings = settings;
    this.costs = costs;
    this.pace = pace;
    this.trial = new Trial(graph, settings.batch(), pace);
    this.length = SearchCosts.length(settings, graph.rows(), graph.unrollSteps());
  }

  /**
   * Scores or trains the next candidate.
   *
   * @param state of a search that has done its last step
   */
  SearchStrategy.Advance next(SearchState state) {
    pace.requireGo();
    Derivation stands = state.derivation().orElseGet(() -> Derivation.at(pace.seconds()));
    List<Candidate> drawn = draw(state.step());
    return stands.keep() == 0 ? score(state, stands, drawn) : rank(state, stands, drawn);
  }

  private List<Candidate> draw(long step) {
    long seed = Seeds.of(graph.seed(), "search/derive", 0);
    List<Choices> choices = graph.policy().sample(settings.samples(), seed, step);
    return choices.stream().map(graph.space()::decode).toList();
  }

  private SearchStrategy.Advance score(
      SearchState state, Derivation stands, List<Candidate> drawn) {
    int index = stands.scored().size();
    Candidate candidate = drawn.get(index);
    Evaluation evaluation = graph.child().evaluate(candidate, costs.score());
    Derivation further = stands.withScored(evaluation);
    boolean last = index + 1 == drawn.size() || pace.share(stands.begun(), pace.end()) >= SCORING;
    long examples = state.examples() + costs.score();
    List<JournalEntry> lines = new ArrayList<>();
    lines.add(
        Trials.tried("derive", index, new Scored(candidate, evaluation), examples, pace.seconds()));
    if (last) {
      int different = order(further, drawn).size();
      further = further.keeping(keep(different));
      TimeCuts.derivation(settings, index + 1, further.keep(), different)
          .ifPresent(text -> lines.add(new JournalEntry.Event(TimeLimit.EVENT, text)));
    }
    return new SearchStrategy.Advance(state.deriving(further, examples), lines);
  }

  /** As many as there are, as are wanted, and as there is time for. */
  private int keep(int different) {
    int most = Math.min(settings.keep(), different);
    double left = pace.end() - pace.seconds();
    return (int) Math.max(1, Math.min(most, left / LEAST_TRIAL));
  }

  /** What was scored, each candidate once, best first. */
  private static List<Candidate> order(Derivation stands, List<Candidate> drawn) {
    Map<Candidate, Evaluation> scored = new LinkedHashMap<>();
    for (int index = 0; index < stands.scored().size(); index++) {
      scored.put(drawn.get(index), stands.scored().get(index));
    }
    return scored.entrySet().stream()
        .sorted(Comparator.comparingDouble(entry -> loss(entry.getValue())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static double loss(Evaluation evaluation) {
    return evaluation.isFinite() ? evaluation.calibrated() : Double.POSITIVE_INFINITY;
  }

  private SearchStrategy.Advance rank(SearchState state, Derivation stands, List<Candidate> drawn) {
    List<Candidate> kept = order(stands, drawn).subList(0, stands.keep());
    int index = stands.ranked().size();
    double left = pace.end() - pace.seconds();
    double end = pace.seconds() + left / (kept.size() - index);
    Trials.Timed trained = trial.run(kept.get(index), length, "search/rank", index, end);
    KillPoint.reached("search.ranked");
    Derivation further = stands.withRanked(trained.scored().evaluation());
    long examples = state.examples() + trained.examples();
    SearchState now = state.deriving(further, examples);
    return new SearchStrategy.Advance(
        index + 1 < kept.size() ? now : now.finishedWith(best(further, kept), examples),
        List.of(Trials.tried("rank", index, trained.scored(), examples, trained.seconds())));
  }

  private static Scored best(Derivation stands, List<Candidate> kept) {
    Scored best = new Scored(kept.get(0), stands.ranked().get(0));
    for (int index = 1; index < kept.size(); index++) {
      Scored other = new Scored(kept.get(index), stands.ranked().get(index));
      best = other.isBetterThan(best) ? other : best;
    }
    return best;
  }
}
