package io.tandem.search;

import io.tandem.data.Seeds;
import io.tandem.graph.joint.Evaluation;
import io.tandem.graph.joint.Rows;
import io.tandem.graph.joint.Trained;
import io.tandem.space.Candidate;
import io.tandem.space.Course;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/**
 * Trains candidates from scratch with their own optimizers, in the graph of the search, whose
 * weights it overwrites.
 */
final class Trial {
  private final SearchGraph graph;
  private final int batch;
  private final long loops;
  private final BooleanSupplier interrupted;

  /**
   * Sizes the trainings.
   *
   * @param graph the programs
   * @param settings length of each training in examples, rounded to whole runs of the inner loop,
   *     and its batch
   * @param interrupted whether to stop
   */
  Trial(SearchGraph graph, DeriveSettings settings, BooleanSupplier interrupted) {
    this.graph = graph;
    this.batch = settings.batch();
    this.interrupted = interrupted;
    this.loops = Math.max(1, settings.examples() / loop());
  }

  /** Training examples that one trial costs, its validation included. */
  long examples() {
    return loops * loop() + graph.rows().validation();
  }

  /** Training examples of one run of the inner loop. */
  private long loop() {
    return (long) batch * graph.rows().each() * graph.unrollSteps();
  }

  /**
   * Trains and scores one candidate.
   *
   * @param candidate what to train
   * @param purpose names the random draws
   * @param index number of the trial
   * @throws StoppedException if interrupted
   */
  Scored run(Candidate candidate, String purpose, long index) {
    long seed = Seeds.of(graph.seed(), purpose, index);
    graph.child().reset(candidate, seed);
    LongFunction<int[]> batches = graph.rows().training(batch, seed, purpose);
    int steps = graph.unrollSteps();
    double epochs = (double) loops * loop() / graph.rows().training();
    for (long loop = 0; loop < loops; loop++) {
      StoppedException.throwIf(interrupted);
      int[][] rows = new int[steps][];
      for (int k = 0; k < steps; k++) {
        rows[k] = batches.apply(loop * steps + k);
      }
      Course course = new Course((loop + 0.5) / loops, epochs, graph.restarts());
      double factor = candidate.optimizer().schedule().factor(course);
      Trained trained =
          graph
              .child()
              .train(
                  candidate,
                  factor,
                  new Rows(rows, new int[0], seed, loop, (loop + 1.0) / loops),
                  false,
                  false,
                  (double) loop * steps);
      if (!trained.applied()) {
        return new Scored(candidate, new Evaluation(Double.NaN, 0));
      }
    }
    return new Scored(candidate, graph.child().evaluate(candidate));
  }
}
