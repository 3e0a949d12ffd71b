package io.tandem.search;

import io.tandem.graph.joint.child.Rows;
import io.tandem.search.propose.UniformDraw;
import io.tandem.space.Candidate;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/** Measures how fast networks of a space train on this machine. It moves the shared weights. */
final class SpeedProbe {
  private static final int CANDIDATES = 4;

  private SpeedProbe() {}

  /**
   * Trains a few random candidates for one run of the inner loop each.
   *
   * @param graph the programs
   * @param batch rows of a batch
   * @return seconds that one training example takes on average
   */
  static double secondsPerExample(SearchGraph graph, int batch) {
    SplittableRandom random = new SplittableRandom(graph.seed());
    LongFunction<int[]> batches = graph.rows().training(batch, graph.seed(), "search/probe");
    int[][] rows = new int[graph.unrollSteps()][];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = graph.rows().anew(batches.apply(k));
    }
    long begun = System.nanoTime();
    for (int index = 0; index <= CANDIDATES; index++) {
      if (index == 1) {
        // The first run has taken the graph over.
        begun = System.nanoTime();
      }
      Candidate candidate = graph.space().decode(UniformDraw.of(graph.space(), random));
      graph
          .child()
          .train(candidate, 1, new Rows(rows, new int[0], graph.seed(), index, 0), true, true, 0);
    }
    long examples = (long) CANDIDATES * rows.length * batch * graph.rows().each();
    return (System.nanoTime() - begun) * 1e-9 / examples;
  }
}
