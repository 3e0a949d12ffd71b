package io.tandem.search;

import io.tandem.data.Seeds;
import io.tandem.graph.joint.child.Evaluation;
import io.tandem.graph.joint.child.Rows;
import io.tandem.graph.joint.child.Trained;
import io.tandem.search.plan.SearchCosts;
import io.tandem.search.plan.TrialLength;
import io.tandem.space.Candidate;
import io.tandem.space.Course;
import java.util.function.LongFunction;

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
   * runs out the training ends sooner, its schedule with it.
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
    double begun = pace.seconds();
    long seed = Seeds.of(graph.seed(), purpose, index);
    graph.child().reset(candidate, seed);
    int batch = candidate.optimizer().batch().orElse(usual);
    LongFunction<int[]> batches = graph.rows().training(batch, seed, purpose);
    int steps = graph.unrollSteps();
    TrialLength length = planned.inLoopsOf((long) batch * graph.rows().each() * steps);
    long examples = 0;
    long judged = 0;
    long loops = length.loops();
    double epochs = (double) loops * length.loop() / graph.rows().training();
    double warm = begun;
    Evaluation best = new Evaluation(Double.NaN, 0);
    for (long loop = 0; loop < loops; loop++) {
      pace.requireGo();
      // The first loop takes the graph over and tells nothing of those that follow.
      warm = loop == 1 ? pace.seconds() : warm;
      double each = loop < 2 ? 0 : (pace.seconds() - warm) / (examples - length.loop());
      double judging = SearchCosts.FORWARD * length.judged() * each;
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
      Trained trained =
          graph
              .child()
              .train(
                  candidate,
                  factor,
                  new Rows(rows, new int[0], seed, loop, Math.max((loop + 1.0) / loops, spent)),
                  false,
                  false,
                  (double) loop * steps);
      if (!trained.applied()) {
        return timed(candidate, new Evaluation(Double.NaN, 0), examples + judged);
      }
      if (loop < loops - 1 && length.isRead(loop)) {
        best = better(graph.child().evaluate(candidate, length.judged()), best);
        judged += length.judged();
      }
    }
    best = better(graph.child().evaluate(candidate, length.judged()), best);
    return timed(candidate, best, examples + judged + length.judged());
  }

  private static Evaluation better(Evaluation now, Evaluation before) {
    return now.isBetterThan(before) ? now : before;
  }

  private Trials.Timed timed(Candidate candidate, Evaluation evaluation, long examples) {
    return new Trials.Timed(new Scored(candidate, evaluation), pace.seconds(), examples);
  }
}
