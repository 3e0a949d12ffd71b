package io.tandem.search;

/** Leaves a step of the search amid its work when the time of the phase is over. */
final class OutOfTimeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OutOfTimeException() {
    super("out of time");
  }
}
