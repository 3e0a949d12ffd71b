package io.tandem.graph.controller;

import java.util.List;
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
   * How many of the parameters, in their order, belong to each of the controllers that it consists
   * of; what one of them learns has no effect on another.
   */
  default List<Long> sizes() {
    return List.of(Long.MAX_VALUE);
  }

  /**
   * Adds the sampling of a batch to the graph.
   *
   * @param source noise, or choices to replay
   */
  PolicySample<T> sample(SampleSource<T> source);
}
