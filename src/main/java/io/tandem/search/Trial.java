package io.tandem.search;

import io.tandem.data.Seeds;
import io.tandem.graph.joint.ChildProgram;
import io.tandem.graph.joint.child.Evaluation;
import io.tandem.graph.joint.child.Rows;
import io.tandem.search.plan.SearchCosts;
import io.tandem.search.plan.SearchRows;
import io.tandem.search.plan.TrialLength;
import io.tandem.space.Candidate;
import io.tandem.space.Course;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;

/**
 * Trains candidates from scratch with their own optimizers, in the graph of the search, whose
 * weights it overwrites.
 */
final class Trial {
  private final SearchGraph graph;
  private final int usual;
  private final Pace pace;

  /**
   * Trials with the batch of each candidate, or that of the retraining.
   *
   * @param graph the programs
   * @param usual rows of a step where a candidate does not choose them
   * @param pace the time, and whether to stop
   */
  Trial(SearchGraph graph, int usual, Pace pace) {
    this.graph = graph;
    this.usual = usual;
    this.pace = pace;
  }

  /**
   * Trains one candidate and scores it, at its best moment if it is read several times. Where time
   * runs out the training ends sooner, its schedule with it. With folds it is trained in each of
   * them, and its score is the mean; one that diverges in a fold is not trained in the others.
   *
   * @param candidate what to train
   * @param planned for how long
   * @param purpose names the random draws
   * @param index number of the trial
   * @param end when it has to end, in seconds of the run; infinite without a limit
   * @throws StoppedException if interrupted
   */
  Trials.Timed run(
      Candidate candidate, TrialLength planned, String purpose, long index, double end) {
    long seed = Seeds.of(graph.seed(), purpose, index);
    List<Evaluation> scores = new ArrayList<>();
    long examples = 0;
    for (int fold = 0; fold < planned.folds(); fold++) {
      double left = end - pace.seconds();
      Trained one =
          train(
              candidate,
              planned,
              fold,
              purpose,
              fold == 0 ? seed : Seeds.of(seed, "search/fold", fold),
              fold + 1 == planned.folds() ? end : pace.seconds() + left / (planned.folds() - fold));
      examples += one.examples();
      if (!one.score().isFinite()) {
        return timed(candidate, one.score(), examples);
      }
      scores.add(one.score());
    }
    return timed(candidate, scores.size() == 1 ? scores.get(0) : mean(scores), examples);
  }

  private static Evaluation mean(List<Evaluation> scores) {
    return new Evaluation(
        mean(scores, Evaluation::loss),
        mean(scores, Evaluation::accuracy),
        mean(scores, Evaluation::calibrated));
  }

  private static double mean(List<Evaluation> scores, ToDoubleFunction<Evaluation> figure) {
    return scores.stream().mapToDouble(figure).average().orElseThrow();
  }

  /** A training in a fold: how it did, and the examples that it cost. */
  private record Trained(Evaluation score, long examples) {}

  private Trained train(
      Candidate candidate, TrialLength planned, int fold, String purpose, long seed, double end) {
    double begun = pace.seconds();
    ChildProgram<?> child = graph.folds().get(fold);
    SearchRows own = graph.rows().fold(fold);
    long judged = planned.parts().get(fold);
    child.reset(candidate, seed);
    int batch = candidate.optimizer().batch().orElse(usual);
    LongFunction<int[]> batches = own.training(batch, seed, purpose);
    int steps = graph.unrollSteps();
    TrialLength length = planned.inLoopsOf((long) batch * own.each() * steps);
    long examples = 0;
    long read = 0;
    long loops = length.loops();
    double epochs = (double) loops * length.loop() / own.training();
    double warm = begun;
    Evaluation best = new Evaluation(Double.NaN, 0);
    for (long loop = 0; loop < loops; loop++) {
      pace.requireGo();
      // The first loop takes the graph over and tells nothing of those that follow.
      warm = loop == 1 ? pace.seconds() : warm;
      double each = loop < 2 ? 0 : (pace.seconds() - warm) / (examples - length.loop());
      double judging = SearchCosts.FORWARD * judged * each;
      double spent = pace.share(begun, end - judging);
      if (spent == 1 && loop > 0) {
        break;
      }
      int[][] rows = new int[steps][];
      for (int k = 0; k < steps; k++) {
        rows[k] = batches.apply(loop * steps + k);
      }
      examples += length.loop();
      Course course = new Course(Math.max((loop + 0.5) / loops, spent), epochs, graph.restarts());
      double factor = candidate.optimizer().factor(course).value();
      boolean applied =
          child
              .train(
                  candidate,
                  factor,
                  new Rows(rows, new int[0], seed, loop, Math.max((loop + 1.0) / loops, spent)),
                  false,
                  false,
                  (double) loop * steps)
              .applied();
      if (!applied) {
        return new Trained(new Evaluation(Double.NaN, 0), examples + read);
      }
      if (loop < loops - 1 && length.isRead(loop)) {
        best = better(child.evaluate(candidate, judged), best);
        read += judged;
      }
    }
    best = better(child.evaluate(candidate, judged), best);
    return new Trained(best, examples + read + judged);
  }

  private static Evaluation better(Evaluation now, Evaluation before) {
    return now.isBetterThan(before) ? now : before;
  }

  private Trials.Timed timed(Candidate candidate, Evaluation evaluation, long examples) {
    return new Trials.Timed(new Scored(candidate, evaluation), pace.seconds(), examples);
  }
}
