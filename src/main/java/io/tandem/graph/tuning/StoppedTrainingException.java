package io.tandem.graph.tuning;

/** A training was stopped amid its steps because it was asked to; nothing of it counts. */
public final class StoppedTrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoppedTrainingException() {
    super("stopped amid a training");
  }
}
