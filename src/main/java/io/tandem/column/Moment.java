package io.tandem.column;

/**
 * A date and time as it is written.
 *
 * @param local milliseconds from 1970-01-01T00:00 to the written date and time, without regard to
 *     the zone
 * @param offset minutes by which the zone is ahead of UTC; 0 where none is written
 */
public record Moment(long local, int offset) {
  static final long MILLIS_PER_MINUTE = 60_000;
  static final long MILLIS_PER_HOUR = 60 * MILLIS_PER_MINUTE;
  static final long MILLIS_PER_DAY = 24 * MILLIS_PER_HOUR;

  /** Milliseconds since 1970 in UTC. */
  public long instant() {
    return local - offset * MILLIS_PER_MINUTE;
  }
}
