package io.tandem.search;

import io.tandem.data.Seeds;
import io.tandem.graph.joint.response.SharedDraw;
import io.tandem.graph.joint.response.SharedJudgement;
import io.tandem.graph.joint.response.SharedOutcome;
import io.tandem.graph.joint.response.SharedResponse;
import io.tandem.report.journal.JournalEntry;
import io.tandem.search.plan.SearchSettings;
import io.tandem.space.Candidate;
import io.tandem.space.Choices;
import io.tandem.space.Course;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Method B: in every inner step new samples move a copy of the shared weights together, and samples
 * of their own judge where it has led to.
 */
final class JointLessons implements Lessons {
  private final SearchGraph graph;
  private final SearchSettings settings;
  private final InnerBatches training;
  private final LongFunction<int[]> validation;

  JointLessons(
      SearchGraph graph,
      SearchSettings settings,
      InnerBatches training,
      LongFunction<int[]> validation) {
    this.graph = graph;
    this.settings = settings;
    this.training = training;
    this.validation = validation;
  }

  @Override
  public Lesson take(long step, Course course) {
    long seed = Seeds.of(graph.seed(), "search/policy", 0);
    int count = settings.samples();
    int steps = graph.unrollSteps();
    List<Choices> choices = graph.policy().sample(count * (steps + 1), seed, step);
    int[] rows = validation.apply(step - 1);
    SampleClock clock = new SampleClock(course, graph.seed(), step, count);
    double[][] slopes =
        choices.stream()
            .map(chosen -> graph.space().slopes(graph.space().decode(chosen).optimizer()))
            .toArray(double[][]::new);
    List<SharedDraw> judges = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      judges.add(draw(choices.get(n), clock, course, step, n, 0, rows, seed));
    }
    List<List<SharedDraw>> path = new ArrayList<>();
    for (int k = 0; k < steps; k++) {
      List<SharedDraw> together = new ArrayList<>();
      for (int m = 0; m < count; m++) {
        Choices chosen = choices.get(count * (k + 1) + m);
        together.add(draw(chosen, clock, course, step, m, k, rows, seed));
      }
      path.add(together);
    }
    SharedOutcome outcome = graph.child().respond(judges, path);
    return new Lesson(
        graph.taught(
            SharedResponse.estimate(choices, outcome, -settings.penalty(), seed, step)
                .perShare(slopes),
            settings),
        outcome.before().stream().mapToDouble(SharedJudgement::loss).average().orElseThrow(),
        outcome.after().stream().mapToDouble(SharedJudgement::loss).average().orElseThrow(),
        outcome.after().stream()
            .mapToDouble(judge -> judge.evaluation().accuracy())
            .average()
            .orElseThrow(),
        dropped(step, outcome));
  }

  private SharedDraw draw(
      Choices chosen,
      SampleClock clock,
      Course course,
      long step,
      int sample,
      int inner,
      int[] rows,
      long seed) {
    Candidate candidate = graph.space().decode(chosen);
    return new SharedDraw(
        candidate,
        clock.factor(candidate, sample),
        training.single(step, sample, inner, rows, seed).at(course.progress()),
        1.0 / settings.samples());
  }

  private static List<JournalEntry> dropped(long step, SharedOutcome outcome) {
    List<JournalEntry> lines = new ArrayList<>();
    for (int k = 0; k < outcome.steps().size(); k++) {
      for (int m = 0; m < outcome.steps().get(k).size(); m++) {
        if (outcome.pulled().get(k).get(m).dropped()) {
          Candidate candidate = outcome.steps().get(k).get(m).candidate();
          lines.add(SharedSearch.drop(step, "inner step " + k + ", sample " + m, candidate));
        }
      }
    }
    return lines;
  }
}
