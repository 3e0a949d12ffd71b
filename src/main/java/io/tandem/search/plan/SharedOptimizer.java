package io.tandem.search.plan;

/** What trains the weights that all candidates of a joint search share. */
public enum SharedOptimizer {
  /** One optimizer with slots of its own, the same from the first step to the last. */
  FIXED,
  /** The optimizer of each sampled candidate, for an inner loop that starts with empty slots. */
  SAMPLED
}
