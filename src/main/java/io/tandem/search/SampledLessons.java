package io.tandem.search;

import io.tandem.data.Seeds;
import io.tandem.graph.joint.response.Response;
import io.tandem.graph.joint.response.SampleOutcome;
import io.tandem.graph.joint.response.SampledResponse;
import io.tandem.report.journal.JournalEntry;
import io.tandem.search.plan.SearchSettings;
import io.tandem.space.Candidate;
import io.tandem.space.Choices;
import io.tandem.space.Course;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;

/** Method A: every sample has an inner loop of its own from the shared weights. */
final class SampledLessons implements Lessons {
  private final SearchGraph graph;
  private final SearchSettings settings;
  private final InnerBatches training;
  private final LongFunction<int[]> validation;
  private final Pace pace;

  SampledLessons(
      SearchGraph graph,
      SearchSettings settings,
      InnerBatches training,
      LongFunction<int[]> validation,
      Pace pace) {
    this.pace = pace;
    this.graph = graph;
    this.settings = settings;
    this.training = training;
    this.validation = validation;
  }

  @Override
  public Lesson take(long step, Course course) {
    long seed = Seeds.of(graph.seed(), "search/policy", 0);
    List<Choices> choices = graph.policy().sample(settings.samples(), seed, step);
    List<SampleOutcome> outcomes = new ArrayList<>();
    List<JournalEntry> dropped = new ArrayList<>();
    SampleClock clock = new SampleClock(course, graph.seed(), step, choices.size());
    double[][] slopes = new double[choices.size()][];
    double accuracy = 0;
    int[] rows = validation.apply(step - 1);
    for (int m = 0; m < choices.size(); m++) {
      pace.requireTime();
      Candidate candidate = graph.space().decode(choices.get(m));
      Response response =
          graph
              .child()
              .respond(
                  candidate,
                  clock.factor(candidate, m),
                  training.sample(step, m, rows, seed).at(course.progress()));
      slopes[m] = graph.space().slopes(candidate.optimizer());
      // The child may be built for more decisions than the controller makes.
      double[] pathwise = Arrays.copyOf(response.response(), slopes[m].length);
      outcomes.add(
          new SampleOutcome(
              response.before(), response.after(), pathwise, response.gates(), response.dropped()));
      accuracy += response.accuracy();
      if (response.dropped()) {
        dropped.add(SharedSearch.drop(step, "sample " + m, candidate));
      }
    }
    return new Lesson(
        graph.taught(
            SampledResponse.estimate(choices, outcomes, -settings.penalty(), seed, step)
                .perShare(slopes),
            settings),
        mean(outcomes, SampleOutcome::before),
        mean(outcomes, SampleOutcome::after),
        accuracy / choices.size(),
        dropped);
  }

  private static double mean(List<SampleOutcome> outcomes, ToDoubleFunction<SampleOutcome> figure) {
    return outcomes.stream()
        .filter(outcome -> !outcome.dropped())
        .mapToDouble(figure)
        .average()
        .orElse(Double.NaN);
  }
}
