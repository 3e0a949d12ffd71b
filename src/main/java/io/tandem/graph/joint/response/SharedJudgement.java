package io.tandem.graph.joint.response;

import io.tandem.graph.joint.child.Evaluation;

/**
 * A judge's view of a point.
 *
 * @param evaluation validation loss and accuracy
 * @param gates derivative of the loss by the gates of the architecture; none without gates
 */
public record SharedJudgement(Evaluation evaluation, double[] gates) {
  /** Validation loss. */
  public double loss() {
    return evaluation.loss();
  }
}
