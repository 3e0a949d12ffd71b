package io.tandem.search;

import io.tandem.data.Seeds;
import io.tandem.disk.KillPoint;
import io.tandem.graph.joint.ResponseThrough;
import io.tandem.graph.joint.child.Trained;
import io.tandem.graph.joint.policy.PolicyUpdate;
import io.tandem.report.journal.JournalEntry;
import io.tandem.search.plan.SearchCosts;
import io.tandem.search.plan.SearchSettings;
import io.tandem.space.Candidate;
import io.tandem.space.Choices;
import io.tandem.space.Course;
import io.tandem.space.OptimizerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Search with shared weights, the strategies {@code joint} and {@code enas}: shared-weight steps on
 * samples of the policy, then a controller step on what samples show (Adam and Lorraine); {@code
 * enas} is the same with a fixed optimizer and no response (Pham et al. 2018).
 *
 * <p>The shared weights are trained by one optimizer, whose slots stay. If {@code joint} trains
 * them with the sampled optimizers instead, every shared-weight step is an inner loop that starts
 * with empty slots, because slots of one optimizer mean nothing to the next.
 */
final class SharedSearch implements SearchStrategy {
  private final SearchGraph graph;
  private final SearchSettings settings;
  private final Optional<OptimizerSettings> shared;
  private final boolean keepsSlots;
  private final SearchCosts costs;
  private final Pace pace;
  private final Deriving deriving;
  private final InnerBatches training;
  private final Lessons lessons;

  SharedSearch(SearchGraph graph, SearchSettings settings, SearchCosts costs, Pace pace) {
    this.graph = graph;
    this.settings = settings;
    this.shared = graph.space().shared();
    this.keepsSlots = shared.isPresent() || graph.space().optimizer().decisions().isEmpty();
    this.costs = costs;
    this.pace = pace;
    this.deriving = new Deriving(graph, settings.derive(), costs, pace);
    this.training = new InnerBatches(graph, settings);
    LongFunction<int[]> validation =
        graph.rows().validation(settings.validationBatch(), graph.seed(), "search/validation");
    this.lessons =
        settings.joint().responseThrough() == ResponseThrough.SHARED
            ? new JointLessons(graph, settings, training, validation)
            : new SampledLessons(graph, settings, training, validation, pace);
  }

  @Override
  public Advance step(SearchState state) {
    long step = state.step() + 1;
    double length = Math.max(1, settings.budget().examples() - costs.derivation());
    double progress = Math.max(state.spent() / length, pace.share());
    Course course = new Course(progress, length / graph.rows().training(), graph.restarts());
    List<JournalEntry> lines = new ArrayList<>();
    Shared shared = trainShared(step, course, state.updates(), lines);
    KillPoint.reached("search.shared");
    Lesson lesson = lessons.take(step, course);
    lines.addAll(lesson.dropped());
    PolicyUpdate update = graph.policy().update(lesson.feedback());
    if (!update.applied()) {
      lines.add(
          new JournalEntry.Event(
              "drop", "step " + step + ": the controller's gradient is not finite"));
    }
    long examples = state.examples() + costs.step();
    long dropped = shared.dropped() + lesson.dropped().size();
    lines.add(
        new JournalEntry.Step(
            step,
            shared.loss(),
            graph.goal().loss(-lesson.before()),
            graph.goal().loss(-lesson.after()),
            lesson.accuracy(),
            -lesson.after(),
            update.entropy(),
            update.directNorm(),
            update.responseNorm(),
            update.cosine(),
            dropped,
            examples,
            pace.seconds()));
    long updates = state.updates() + (long) settings.sharedSteps() * graph.unrollSteps();
    return new Advance(
        new SearchState(
            step,
            examples,
            state.seconds(),
            state.dropped() + dropped,
            updates,
            state.best(),
            state.derivation(),
            state.contenders(),
            state.first(),
            false),
        lines);
  }

  private record Shared(double loss, long dropped) {}

  private Shared trainShared(long step, Course course, long updates, List<JournalEntry> lines) {
    int count = settings.sharedSteps();
    if (count == 0) {
      return new Shared(Double.NaN, 0);
    }
    long seed = Seeds.of(graph.seed(), "search/shared", 0);
    List<Choices> choices = graph.policy().sample(count, seed, step);
    double loss = 0;
    long dropped = 0;
    for (int s = 0; s < count; s++) {
      pace.requireTime();
      Candidate drawn = graph.space().decode(choices.get(s));
      Candidate candidate = new Candidate(drawn.architecture(), shared.orElseGet(drawn::optimizer));
      Trained trained =
          graph
              .child()
              .train(
                  candidate,
                  candidate.optimizer().factor(course).value(),
                  training.shared(step, s, seed).at(course.progress()),
                  true,
                  !keepsSlots,
                  keepsSlots ? (double) updates + (double) s * graph.unrollSteps() : 0);
      if (trained.applied()) {
        loss += trained.loss();
      } else {
        dropped++;
        lines.add(drop(step, "shared-weight step " + s, candidate));
      }
    }
    return new Shared(loss / Math.max(1.0, (double) (count - dropped)), dropped);
  }

  static JournalEntry drop(long step, String what, Candidate candidate) {
    return new JournalEntry.Event(
        "drop", "step " + step + ", " + what + " diverged: " + candidate.optimizer());
  }

  @Override
  public boolean canDerive(SearchState state) {
    return true;
  }

  @Override
  public Advance derive(SearchState state) {
    return deriving.next(state);
  }
}
