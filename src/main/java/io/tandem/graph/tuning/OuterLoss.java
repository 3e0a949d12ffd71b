package io.tandem.graph.tuning;

/** The rows on which a finished training is judged, without penalty, dropout or smoothing. */
public enum OuterLoss {
  /** The validation part. */
  VALIDATION,
  /**
   * The training part, as where schedules are learnt for their own sake (Maclaurin et al. 2015).
   */
  TRAINING
}
