package io.tandem.graph.joint;

/** How architecture decisions learn from the losses. */
public enum ArchitectureGradient {
  /** By the score function: unbiased. */
  SCORE,
  /** Through straight-through gates on what was chosen: less variance, biased. */
  GATES
}
