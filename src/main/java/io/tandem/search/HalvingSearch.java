package io.tandem.search;

import io.tandem.data.Seeds;
import io.tandem.graph.joint.Evaluation;
import io.tandem.report.JournalEntry;
import io.tandem.report.KillPoint;
import io.tandem.space.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Search by successive halving (Jamieson and Talwalkar 2016): every candidate is trained from
 * scratch for the first rung's length, then the best are trained for the next length, until the
 * best of the last rung wins.
 */
final class HalvingSearch implements SearchStrategy {
  private final SearchGraph graph;
  private final Pace pace;
  private final Proposals proposals;
  private final HalvingPlan plan;
  private final Trial trial;

  HalvingSearch(SearchGraph graph, SearchSettings settings, Pace pace, Proposals proposals) {
    this.graph = graph;
    this.pace = pace;
    this.proposals = proposals;
    plan = SearchCosts.halving(settings, graph.rows(), graph.unrollSteps());
    trial = new Trial(graph, settings.derive().batch(), pace);
  }

  @Override
  public Advance step(SearchState state) {
    List<Contender> contenders = new ArrayList<>(state.contenders());
    int index = contenders.size();
    SplittableRandom random = new SplittableRandom(Seeds.of(graph.seed(), "search/propose", index));
    Proposals.Proposal proposal = proposals.next(state.contenders(), random);
    contenders.add(new Contender(proposal.choices(), proposal.drawn(), List.of()));
    Advance advance = train(state, contenders, index, state.step() + 1, pace.end());
    // Nothing can stop the run between this and the new state, which is stored with it.
    proposals.learn(advance.state().contenders());
    return advance;
  }

  @Override
  public boolean canDerive(SearchState state) {
    return state.contenders().stream().anyMatch(each -> each.last().isFinite());
  }

  /** Trains the next candidate that is promoted, or ends if there is none or no time. */
  @Override
  public Advance derive(SearchState state) {
    pace.requireGo();
    List<Contender> contenders = state.contenders();
    for (int rung = 1; rung < plan.size(); rung++) {
      Optional<Integer> next = promoted(contenders, rung);
      if (next.isPresent() && pace.share() < 1) {
        double left = pace.end() - pace.seconds();
        double end = pace.seconds() + left * plan.lengths().get(rung).cost() / work(contenders);
        return train(state, new ArrayList<>(contenders), next.get(), state.step(), end);
      }
    }
    return new Advance(state.finishedWith(winner(contenders), state.examples()), List.of());
  }

  /** The best of a rung that has not been trained for the next one and has a place there. */
  private Optional<Integer> promoted(List<Contender> contenders, int rung) {
    return order(contenders, rung - 1).stream()
        .limit(plan.places().get(rung))
        .filter(index -> contenders.get(index).rungs().size() == rung)
        .findFirst();
  }

  /** The candidates of a rung, best first; what diverged comes last, and goes no further. */
  private List<Integer> order(List<Contender> contenders, int rung) {
    return IntStream.range(0, contenders.size())
        .filter(index -> contenders.get(index).rungs().size() > rung)
        .filter(index -> contenders.get(index).rungs().get(rung).isFinite())
        .boxed()
        .sorted(Comparator.comparingDouble(index -> contenders.get(index).loss(rung)))
        .toList();
  }

  /** Examples that the rest of the derivation costs. */
  private double work(List<Contender> contenders) {
    double sum = 0;
    int below = order(contenders, 0).size();
    for (int rung = 1; rung < plan.size(); rung++) {
      int reached = rung;
      int wanted = Math.min(below, plan.places().get(rung));
      long done = contenders.stream().filter(each -> each.rungs().size() > reached).count();
      sum += Math.max(0, wanted - done) * (double) plan.lengths().get(rung).cost();
      below = wanted;
    }
    return Math.max(1, sum);
  }

  private Advance train(
      SearchState state, List<Contender> contenders, int index, long steps, double end) {
    Contender contender = contenders.get(index);
    int rung = contender.rungs().size();
    Candidate candidate = graph.space().decode(contender.choices());
    Trials.Timed trained =
        trial.run(candidate, plan.lengths().get(rung), "search/rung" + rung, index, end);
    KillPoint.reached("search.rung");
    contenders.set(index, contender.with(trained.scored().evaluation()));
    boolean finite = trained.scored().evaluation().isFinite();
    long examples = state.examples() + trained.examples();
    List<JournalEntry> lines = new ArrayList<>();
    lines.add(
        Trials.tried(
            rung == 0 ? Trials.SEARCH : "rung " + rung,
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
        state.contending(contenders, steps, examples, state.dropped() + (finite ? 0 : 1)), lines);
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
        .min(Comparator.comparingDouble(scored -> finite(scored.evaluation().loss())))
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
        (first.loss() + last.loss()) / 2, (first.accuracy() + last.accuracy()) / 2);
  }

  /** How far the derivation is, for people. */
  @Override
  public Optional<Stand> stand(SearchState state) {
    List<Contender> contenders = state.contenders();
    int below = order(contenders, 0).size();
    for (int rung = 1; rung < plan.size(); rung++) {
      int reached = rung;
      int wanted = Math.min(below, plan.places().get(rung));
      int done = (int) contenders.stream().filter(each -> each.rungs().size() > reached).count();
      if (done < wanted || rung == plan.size() - 1) {
        Optional<Evaluation> best =
            order(contenders, Math.max(0, done > 0 ? rung : rung - 1)).stream()
                .findFirst()
                .map(index -> contenders.get(index).last());
        return Optional.of(new Stand("rung " + rung, done, wanted, best));
      }
      below = wanted;
    }
    return Optional.empty();
  }
}
