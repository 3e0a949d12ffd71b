package io.tandem.search;

import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/** The time of a run: how much is spent, when a phase must end, and whether to stop at once. */
final class Pace {
  private final BooleanSupplier interrupted;
  private final DoubleSupplier elapsed;
  private double before;
  private double begun;
  private double end = Double.POSITIVE_INFINITY;

  /**
   * A pace without a limit.
   *
   * @param interrupted whether to stop
   * @param elapsed seconds since this process began to work on the run
   */
  Pace(BooleanSupplier interrupted, DoubleSupplier elapsed) {
    this.interrupted = interrupted;
    this.elapsed = elapsed;
  }

  /** Counts what earlier sessions spent. */
  void goOn(double seconds) {
    before = seconds;
  }

  /**
   * Begins a phase.
   *
   * @param from seconds of the run at which it began
   * @param until seconds of the run at which it has to end; infinite without a limit
   */
  void phase(double from, double until) {
    begun = from;
    end = until;
  }

  /** Seconds of the run so far, over all sessions. */
  double seconds() {
    return before + elapsed.getAsDouble();
  }

  /** Share of the phase's time that is spent; 0 without a limit. */
  double share() {
    return share(begun, end);
  }

  /** Share of the time from one moment of the run to another that is spent, 0 to 1. */
  double share(double from, double until) {
    if (until == Double.POSITIVE_INFINITY) {
      return 0;
    }
    return until <= from ? 1 : Math.min(1, Math.max(0, (seconds() - from) / (until - from)));
  }

  /** When a share of the phase's time is spent, in seconds of the run; infinite without a limit. */
  double at(double share) {
    return end == Double.POSITIVE_INFINITY ? end : begun + share * (end - begun);
  }

  /** When the phase has to end, in seconds of the run; infinite without a limit. */
  double end() {
    return end;
  }

  /**
   * Leaves if the run is to stop.
   *
   * @throws StoppedException if it is
   */
  void requireGo() {
    StoppedException.throwIf(interrupted);
  }

  /**
   * Leaves if the phase is to end.
   *
   * @throws OutOfTimeException if it is
   */
  void requireTime() {
    if (end != Double.POSITIVE_INFINITY && seconds() >= end) {
      throw new OutOfTimeException();
    }
  }
}
