package io.tandem.search;

/** How the space is searched. */
public enum Strategy {
  /** Architecture and optimizer together, weights shared, with the response gradient. */
  JOINT,
  /** Architecture only, weights shared, a fixed optimizer, no response (Pham et al. 2018). */
  ENAS,
  /** Uniformly drawn candidates, each trained from scratch. */
  RANDOM,
  /** A controller without shared weights: each candidate trained from scratch (Zoph, Le 2017). */
  NAS,
  /** No search: an architecture and an optimizer that are given. */
  GIVEN,
  /** Uniformly drawn candidates; the best of them are trained for longer (Li et al. 2018). */
  RANDOM_HALVING,
  /** Changed copies of good candidates; the best are trained for longer (Real et al. 2019). */
  EVOLUTION,
  /**
   * Samples of a controller that learns from how candidates do; the best are trained for longer.
   */
  JOINT_HALVING;

  /** Whether the best candidates of the search are trained further before one of them wins. */
  public boolean derives() {
    return this != RANDOM && this != NAS && this != GIVEN;
  }

  /** Whether candidates share their weights. */
  public boolean sharesWeights() {
    return this == JOINT || this == ENAS;
  }
}
