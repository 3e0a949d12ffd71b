package io.tandem.search;

import io.tandem.data.Batches;
import io.tandem.graph.joint.Rows;

/**
 * The training batches of the inner loops of a search, which all come from one stream.
 *
 * <p>An outer step has one loop for every shared-weight step, then one for every sample.
 */
final class InnerBatches {
  private final Batches training;
  private final int steps;
  private final int sharedSteps;
  private final int loops;

  InnerBatches(SearchGraph graph, SearchSettings settings) {
    training = new Batches(graph.trainingRows(), settings.batch(), graph.seed(), "search/training");
    steps = graph.unrollSteps();
    sharedSteps = settings.sharedSteps();
    loops = settings.sharedSteps() + settings.samples();
  }

  /**
   * The batches of a shared-weight step.
   *
   * @param step number of the outer step, from 1
   * @param number which of its shared-weight steps
   * @param seed seed of the noise
   */
  Rows shared(long step, int number, long seed) {
    return loop((step - 1) * loops + number, new int[0], seed);
  }

  /**
   * The batches of a sample's inner loop.
   *
   * @param step number of the outer step, from 1
   * @param sample which of its samples
   * @param validation rows that judge it
   * @param seed seed of the noise
   */
  Rows sample(long step, int sample, int[] validation, long seed) {
    return loop((step - 1) * loops + sharedSteps + sample, validation, seed);
  }

  /**
   * One batch of a sample's inner loop, with noise of its own.
   *
   * @param step number of the outer step, from 1
   * @param sample which of its samples
   * @param inner which inner step
   * @param validation rows that judge it
   * @param seed seed of the noise
   */
  Rows single(long step, int sample, int inner, int[] validation, long seed) {
    long batch = ((step - 1) * loops + sharedSteps + sample) * steps + inner;
    return new Rows(new int[][] {training.indices(batch)}, validation, seed, batch);
  }

  private Rows loop(long loop, int[] validation, long seed) {
    int[][] rows = new int[steps][];
    for (int k = 0; k < steps; k++) {
      rows[k] = training.indices(loop * steps + k);
    }
    return new Rows(rows, validation, seed, loop);
  }
}
