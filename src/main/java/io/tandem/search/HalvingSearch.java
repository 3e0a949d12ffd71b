package io.tandem.search;

import io.tandem.data.Seeds;
import io.tandem.disk.KillPoint;
import io.tandem.graph.joint.child.Evaluation;
import io.tandem.report.journal.JournalEntry;
import io.tandem.search.plan.HalvingPlan;
import io.tandem.search.plan.SearchCosts;
import io.tandem.search.plan.SearchSettings;
import io.tandem.search.propose.Contender;
import io.tandem.search.propose.Proposals;
import io.tandem.space.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Search by successive halving (Jamieson and Talwalkar 2016): every candidate is trained from
 * scratch for the first rung's length, then the best are trained for the next length, until the
 * best of the last rung wins. A part of the promotions can happen while candidates are still being
 * proposed, as in asynchronous halving (Li et al. 2020), so that proposals learn from longer
 * trainings too.
 */
final class HalvingSearch implements SearchStrategy {
  private final SearchGraph graph;
  private final Pace pace;
  private final Proposals proposals;
  private final HalvingPlan plan;
  private final String first;
  private final long planned;
  private final Trial trial;

  /**
   * Prepares a search.
   *
   * @param graph the programs
   * @param settings the rungs
   * @param first name of the first rung in the journal
   * @param planned candidates that will be proposed, where time suffices
   * @param pace the time, and whether to stop
   * @param proposals where candidates come from
   */
  HalvingSearch(
      SearchGraph graph,
      SearchSettings settings,
      String first,
      long planned,
      Pace pace,
      Proposals proposals) {
    this.graph = graph;
    this.pace = pace;
    this.proposals = proposals;
    plan = SearchCosts.halving(settings, graph.rows(), graph.unrollSteps());
    this.first = first;
    this.planned = planned;
    trial = new Trial(graph, settings.derive().batch(), pace);
  }

  /** Trains a candidate that is promoted early, or else a new one. */
  @Override
  public Advance step(SearchState state) {
    return step(state, pace.end());
  }

  /**
   * The same with another end.
   *
   * @param state where the search stands
   * @param end when candidates are proposed no longer, in seconds of the run; infinite without a
   *     limit
   */
  Advance step(SearchState state, double end) {
    Bracket bracket = new Bracket(plan, state.contenders());
    Optional<Integer> early = early(state, bracket, end);
    if (early.isPresent()) {
      return train(state, bracket, early.get(), end);
    }
    int index = state.contenders().size();
    Proposals.Proposal proposal = proposals.next(state.contenders(), random(graph.seed(), index));
    Contender fresh = new Contender(proposal.choices(), proposal.drawn(), List.of());
    Advance advance = train(state, bracket.with(index, fresh), index, end);
    // Nothing can stop the run between this and the new state, which is stored with it.
    proposals.learn(advance.state().contenders());
    return advance;
  }

  /** The source of the draws of a candidate. */
  static SplittableRandom random(long seed, int index) {
    return new SplittableRandom(Seeds.of(seed, "search/propose", index));
  }

  /**
   * The next candidate to promote during the search: the places that are given away by now grow in
   * proportion to the candidates, longest rung first, without the repeated one.
   */
  private Optional<Integer> early(SearchState state, Bracket bracket, double end) {
    double share = proposals.early() * bracket.contenders().size() / planned;
    for (int rung = plan.size() - 2; rung > 0; rung--) {
      Optional<Integer> next = bracket.promoted(rung, (int) (share * plan.places().get(rung)));
      if (next.isPresent() && hasTime(state, plan.lengths().get(rung).cost(), end)) {
        return next;
      }
    }
    return Optional.empty();
  }

  /** Whether a training would end before the phase has to, at the speed of the run so far. */
  private boolean hasTime(SearchState state, long examples, double end) {
    double each = state.seconds() / Math.max(1, state.examples());
    return pace.seconds() + each * examples <= end;
  }

  @Override
  public boolean canDerive(SearchState state) {
    return state.contenders().stream().anyMatch(each -> each.last().isFinite());
  }

  /** Trains the next candidate that is promoted, or ends if there is none or no time. */
  @Override
  public Advance derive(SearchState state) {
    return derive(state, 0);
  }

  /**
   * The same as the last part of a phase.
   *
   * @param state where the search stands
   * @param before share of the phase's time that was for what came before
   */
  Advance derive(SearchState state, double before) {
    pace.requireGo();
    HalvingPlan affordable = affordable(state, pace.at(before));
    Bracket bracket = new Bracket(affordable, state.contenders());
    for (int rung = 1; rung < plan.size(); rung++) {
      Optional<Integer> next = bracket.promoted(rung, affordable.places().get(rung));
      if (next.isPresent() && pace.share() < 1) {
        double left = pace.end() - pace.seconds();
        double share = (double) plan.lengths().get(rung).cost() / Math.max(1, bracket.work());
        return train(state, bracket, next.get(), pace.seconds() + left * share);
      }
    }
    return new Advance(state.finishedWith(winner(state.contenders()), state.examples()), List.of());
  }

  /**
   * The plan with no more candidates on each longer rung than there is time for at the speed of the
   * run so far: few trainings of the whole length tell more than many that are cut.
   *
   * @param begin when the longer rungs began, in seconds of the run; infinite without a limit
   */
  private HalvingPlan affordable(SearchState state, double begin) {
    if (begin == Double.POSITIVE_INFINITY) {
      return plan;
    }
    double speed = state.examples() / Math.max(1e-3, state.seconds());
    double each = speed * (pace.end() - begin) / (plan.size() - 1);
    return plan.within(Math.max(0, each));
  }

  private Advance train(SearchState state, Bracket bracket, int index, double end) {
    Contender contender = bracket.contenders().get(index);
    int rung = contender.rungs().size();
    Candidate candidate = graph.space().decode(contender.choices());
    Trials.Timed trained =
        trial.run(candidate, plan.lengths().get(rung), "search/rung" + rung, index, end);
    KillPoint.reached("search.rung");
    Bracket further = bracket.with(index, contender.with(trained.scored().evaluation()));
    boolean finite = trained.scored().evaluation().isFinite();
    long examples = state.examples() + trained.examples();
    List<JournalEntry> lines = new ArrayList<>();
    lines.add(
        Trials.tried(
            rung == 0 ? first : "rung " + rung,
            index,
            trained.scored(),
            examples,
            trained.seconds()));
    if (!finite) {
      lines.add(
          new JournalEntry.Event(
              "drop", "candidate " + index + " diverged: " + candidate.optimizer()));
    }
    return new Advance(
        state.contending(
            further.contenders(),
            state.step() + (rung == 0 ? 1 : 0),
            examples,
            state.dropped() + (finite ? 0 : 1)),
        lines);
  }

  /**
   * The best of those that were trained longest: by the mean of both trainings of the last length,
   * or by the last training where time did not suffice.
   */
  private Scored winner(List<Contender> contenders) {
    int most =
        contenders.stream()
            .filter(each -> each.last().isFinite())
            .mapToInt(each -> each.rungs().size())
            .max()
            .orElse(1);
    return contenders.stream()
        .filter(each -> each.rungs().size() == most)
        .map(each -> new Scored(graph.space().decode(each.choices()), mean(each)))
        .min(Comparator.comparingDouble(scored -> finite(scored.evaluation().calibrated())))
        .orElseThrow();
  }

  private static double finite(double loss) {
    return Double.isNaN(loss) ? Double.POSITIVE_INFINITY : loss;
  }

  private Evaluation mean(Contender contender) {
    Evaluation last = contender.last();
    if (contender.rungs().size() < plan.size()) {
      return last;
    }
    Evaluation first = contender.rungs().get(plan.size() - 2);
    return new Evaluation(
        (first.loss() + last.loss()) / 2,
        (first.accuracy() + last.accuracy()) / 2,
        (first.calibrated() + last.calibrated()) / 2);
  }

  /** How far the derivation is, for people. */
  @Override
  public Optional<Stand> stand(SearchState state) {
    Bracket bracket = new Bracket(plan, state.contenders());
    for (int rung = 1; rung < plan.size(); rung++) {
      int wanted = bracket.places(rung);
      int done = bracket.reached(rung);
      if (done < wanted || rung == plan.size() - 1) {
        Optional<Evaluation> best = best(bracket, done > 0 ? rung : rung - 1);
        return Optional.of(new Stand("rung " + rung, done, wanted, best));
      }
    }
    return Optional.empty();
  }

  /** The first rung while candidates are proposed, for people. */
  Stand proposing(SearchState state) {
    Bracket bracket = new Bracket(plan, state.contenders());
    return new Stand(first, state.contenders().size(), Math.toIntExact(planned), best(bracket, 0));
  }

  private static Optional<Evaluation> best(Bracket bracket, int rung) {
    return bracket.order(rung).stream()
        .findFirst()
        .map(index -> bracket.contenders().get(index).rungs().get(rung));
  }
}
