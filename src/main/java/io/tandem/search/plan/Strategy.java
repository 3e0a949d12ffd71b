package io.tandem.search.plan;

import java.util.List;

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
  JOINT_HALVING,
  /** First an optimizer for one network by random halving, then {@code ENAS} with it. */
  ENAS_TUNED_ONCE,
  /**
   * First {@code ENAS} with a fixed optimizer, then random halving of optimizers for its winner.
   */
  ENAS_THEN_HYPERPARAMETERS;

  /** The searches that it consists of, in order; itself unless it is two. */
  public List<Strategy> stages() {
    return switch (this) {
      case ENAS_TUNED_ONCE -> List.of(RANDOM_HALVING, ENAS);
      case ENAS_THEN_HYPERPARAMETERS -> List.of(ENAS, RANDOM_HALVING);
      case JOINT, ENAS, RANDOM, NAS, GIVEN, RANDOM_HALVING, EVOLUTION, JOINT_HALVING ->
          List.of(this);
    };
  }

  /** Whether the best candidates of the search are trained further before one of them wins. */
  public boolean derives() {
    return this != RANDOM && this != NAS && this != GIVEN;
  }

  /** Whether candidates share their weights, in one of its searches at least. */
  public boolean sharesWeights() {
    return this == JOINT || stages().contains(ENAS);
  }
}
