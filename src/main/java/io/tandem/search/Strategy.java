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
  GIVEN
}
