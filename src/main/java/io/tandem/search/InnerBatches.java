package io.tandem.search;

import io.tandem.graph.joint.child.Rows;
import io.tandem.search.plan.SearchRows;
import io.tandem.search.plan.SearchSettings;
import java.util.function.LongFunction;

/**
 * The training batches of the inner loops of a search, which all come from one stream.
 *
 * <p>An outer step has one loop for every shared-weight step, then one for every sample. Where
 * batches go on from each other, those loops of samples all look at the batches behind the
 * shared-weight steps, which the next outer step begins with.
 */
final class InnerBatches {
  private final LongFunction<int[]> training;
  private final SearchRows rows;
  private final int steps;
  private final int sharedSteps;
  private final int loops;

  InnerBatches(SearchGraph graph, SearchSettings settings) {
    rows = graph.rows();
    training = rows.training(settings.batch(), graph.seed(), "search/training");
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
    long loop = (step - 1) * loops + number;
    return batches(rows.goOn() ? (step - 1) * sharedSteps + number : loop, new int[0], seed, loop);
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
    long loop = (step - 1) * loops + sharedSteps + sample;
    return batches(rows.goOn() ? step * sharedSteps : loop, validation, seed, loop);
  }

  /**
   * One batch of a sample's inner loop, with noise of its own.
   *
   * @param step number of the outer step, from 1
   * @param sample which of its samples
   * @param inner which inner step; what came before is remembered in the first only
   * @param validation rows that judge it
   * @param seed seed of the noise
   */
  Rows single(long step, int sample, int inner, int[] validation, long seed) {
    long noise = ((step - 1) * loops + sharedSteps + sample) * steps + inner;
    long batch = rows.goOn() ? step * sharedSteps * steps + inner : noise;
    int[] found = training.apply(batch);
    int[][] only = {inner == 0 ? found : rows.anew(found)};
    return new Rows(only, validation, seed, noise);
  }

  private Rows batches(long loop, int[] validation, long seed, long noise) {
    int[][] found = new int[steps][];
    for (int k = 0; k < steps; k++) {
      found[k] = training.apply(loop * steps + k);
    }
    return new Rows(found, validation, seed, noise);
  }
}
