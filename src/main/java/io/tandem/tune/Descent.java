package io.tandem.tune;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.UserError;
import io.tandem.graph.tuning.TargetLayout;
import io.tandem.graph.tuning.TuningOutcome;
import io.tandem.graph.tuning.WarmStart;
import io.tandem.report.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One outer step as a function of state and outcome: the best point is kept, the guard judges, the
 * rule moves. Whatever happens, the best point never gets worse.
 */
final class Descent {
  private final TargetLayout layout;
  private final OuterRule rule;
  private final ChaosGuard guard;
  private final int steps;
  private final Optional<String> remedy;
  private final Objective objective;

  Descent(Objective objective, DescentSettings settings) {
    layout = objective.layout();
    remedy = settings.remedy();
    rule = OuterRule.of(settings.outer());
    guard = new ChaosGuard(settings.guard());
    steps = settings.outer().steps();
    this.objective = objective;
  }

  /**
   * What a step comes to.
   *
   * @param state the state after it
   * @param lines what to journal
   */
  record Advance(TuneState state, List<JournalEntry> lines) {}

  /**
   * Takes a step.
   *
   * @param state before it
   * @param outcome of the training at its point
   * @throws UserError if the very first training diverged and there is a remedy
   */
  Advance advance(TuneState state, TuningOutcome outcome) {
    boolean finite = outcome.isFinite();
    if (state.best().isEmpty() && !finite) {
      return stay(state, outcome);
    }
    BestPoint here = BestPoint.of(state.step(), state.point(), outcome);
    BestPoint best =
        state.best().filter(known -> !(finite && here.loss() < known.loss())).orElse(here);
    double norm = Vectors.norm(here.gradient());
    double turn = Vectors.cosine(here.gradient(), state.previous());
    ChaosGuard.Verdict verdict = guard.judge(finite, norm, turn, state.scale(), state.usual());
    boolean last = state.step() >= steps;
    BestPoint from = verdict.back() ? state.best().orElse(here) : here;
    OuterRule.Move move =
        rule.move(
            verdict.back() ? state.memory().forgetful() : state.memory(),
            from.loss(),
            from.gradient(),
            verdict.scale(),
            state.step() + 1);
    List<JournalEntry> lines = new ArrayList<>();
    long seen = state.examples() + objective.examples(outcome);
    lines.add(
        new JournalEntry.Tuned(
            state.step(),
            outcome.outerLoss(),
            outcome.trainingLoss(),
            outcome.accuracy(),
            norm,
            Vectors.norm(outcome.direct()),
            Vectors.norm(outcome.response()),
            Vectors.cosine(outcome.direct(), outcome.response()),
            turn,
            last ? 0 : move.size(),
            summary(state.point()),
            RestLines.solved(outcome),
            seen,
            state.seconds()));
    lines.addAll(RestLines.events(state.step(), outcome));
    if (!verdict.reason().isEmpty()) {
      lines.add(new JournalEntry.Event("guard", explain(state, outcome, verdict)));
    }
    double[] next =
        last ? state.point() : layout.project(Vectors.plus(from.point(), 1, move.change()));
    return new Advance(
        new TuneState(
            last ? state.step() : state.step() + 1,
            next,
            state.start().or(() -> Optional.of(here)),
            Optional.of(best),
            verdict.back() ? new double[0] : here.gradient(),
            move.memory(),
            warm(state, outcome),
            verdict.scale(),
            verdict.usual(),
            seen,
            state.seconds(),
            last),
        lines);
  }

  /** There is nowhere to go from the very first point. */
  private Advance stay(TuneState state, TuningOutcome outcome) {
    String why =
        "the training diverges at the initial point, "
            + (outcome.problem().isEmpty()
                ? "its outer loss is "
                    + outcome.outerLoss()
                    + ", the norm of its hypergradient "
                    + Vectors.norm(outcome.total())
                : outcome.problem());
    if (remedy.isPresent()) {
      throw new UserError(UserError.Kind.RUN, "tune: " + why + "; " + remedy.get());
    }
    Optional<BestPoint> here =
        Double.isFinite(outcome.outerLoss())
            ? Optional.of(BestPoint.of(state.step(), state.point(), outcome))
            : Optional.empty();
    TuneState end =
        new TuneState(
            state.step(),
            state.point(),
            here,
            here,
            new double[0],
            state.memory(),
            state.warm(),
            state.scale(),
            state.usual(),
            state.examples() + objective.examples(outcome),
            state.seconds(),
            true);
    return new Advance(
        end, List.of(new JournalEntry.Event("guard", "step 0: " + why + "; it stays there")));
  }

  /** A training that came to nothing is no place to begin. */
  private static WarmStart warm(TuneState state, TuningOutcome outcome) {
    return outcome.rest() == null || !outcome.isFinite() ? state.warm() : outcome.rest().end();
  }

  private static String explain(
      TuneState state, TuningOutcome outcome, ChaosGuard.Verdict verdict) {
    return "step "
        + state.step()
        + ": "
        + verdict.reason()
        + (outcome.problem().isEmpty() ? "" : " (" + outcome.problem() + ")")
        + (verdict.back() ? "; back to the best point" : "")
        + ", outer step times "
        + verdict.scale();
  }

  /** Smallest, mean and largest value of every target. */
  private ObjectNode summary(double[] point) {
    return ValueSummaries.of(layout, point);
  }
}
