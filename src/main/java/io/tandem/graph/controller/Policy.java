package io.tandem.graph.controller;

import org.tensorflow.types.family.TNumber;

/**
 * A distribution over candidates that can be sampled in the graph.
 *
 * @param <T> type of reals
 */
public interface Policy<T extends TNumber> {
  /** Type of reals. */
  Class<T> type();

  /**
   * Adds the sampling of a batch to the graph.
   *
   * @param source noise, or choices to replay
   */
  PolicySample<T> sample(SampleSource<T> source);
}
