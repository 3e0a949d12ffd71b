package io.tandem.graph.joint;

/** By which way the weights that a candidate is judged with depend on the policy. */
public enum ResponseThrough {
  /** Method A: each sample has an inner loop of its own. */
  SAMPLE,
  /** Method B: the samples move the shared weights together, and each is judged with the result. */
  SHARED
}
