package io.tandem.tune;

import io.tandem.graph.hypergradient.SolverOutcome;
import io.tandem.graph.tuning.RestOutcome;
import io.tandem.graph.tuning.TuningOutcome;
import io.tandem.report.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the journal is told of an implicit response and of the way to rest. */
final class RestLines {
  private RestLines() {}

  /** The counts of a training's line, or null where nothing was solved. */
  static JournalEntry.@Nullable Solved solved(TuningOutcome outcome) {
    SolverOutcome solver = outcome.solver();
    RestOutcome rest = outcome.rest();
    return solver == null
        ? null
        : new JournalEntry.Solved(
            solver.products(),
            solver.residual(),
            solver.breakdowns(),
            rest == null ? 0 : rest.gradients(),
            rest == null ? Double.NaN : rest.gradientNorm(),
            rest == null ? Double.NaN : rest.tolerance());
  }

  /** What a person should know: an assumption that failed, a tolerance that was not reached. */
  static List<JournalEntry> events(long step, TuningOutcome outcome) {
    List<JournalEntry> events = new ArrayList<>();
    SolverOutcome solver = outcome.solver();
    if (solver != null && solver.breakdowns() > 0) {
      String what =
          switch (solver.breakdown()) {
            case NEGATIVE_CURVATURE ->
                "the Hessian has negative curvature, met %d times by the solver; its best iterate"
                    + " was kept; raise the damping or train longer";
            case DIVERGENCE ->
                "the series diverged, met %d times; its best partial sum was kept; lower its scale";
          };
      events.add(event("solver", "step %d: " + what, step, solver.breakdowns()));
    }
    RestOutcome rest = outcome.rest();
    if (rest != null && !rest.isReached()) {
      events.add(
          event(
              "rest",
              "step %d: after %d gradients the norm is %.3g, above the tolerance %.3g; raise"
                  + " tune.steps or tune.learning_rate, or tune.outer.tolerance",
              step,
              rest.gradients(),
              rest.gradientNorm(),
              rest.tolerance()));
    }
    return events;
  }

  private static JournalEntry event(String name, String template, Object... values) {
    return new JournalEntry.Event(name, String.format(Locale.ROOT, template, values));
  }
}
