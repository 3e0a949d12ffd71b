package io.tandem.disk;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time of day when this process began, plus the time that has gone by since. Unlike the time of
 * day it is never set back or forward while a run measures how long it takes: durations are not
 * negative, and a limit of time ends neither early nor late.
 */
public final class SteadyClock implements InstantSource {
  private static final SteadyClock SYSTEM =
      new SteadyClock(InstantSource.system(), System::nanoTime);

  private final Instant start;
  private final LongSupplier nanoseconds;
  private final long first;

  /**
   * Starts a clock.
   *
   * @param timeOfDay asked once
   * @param nanoseconds since any moment; never fewer than before
   */
  SteadyClock(InstantSource timeOfDay, LongSupplier nanoseconds) {
    this.start = timeOfDay.instant();
    this.nanoseconds = nanoseconds;
    this.first = nanoseconds.getAsLong();
  }

  /** The clock of this process. */
  public static InstantSource system() {
    return SYSTEM;
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanoseconds.getAsLong() - first);
  }
}
