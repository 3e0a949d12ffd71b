package io.tandem.audit;

/** What the machine tells of this process. */
public interface Meter {
  /** Nanoseconds of a clock that only runs forward. */
  long nanoseconds();

  /** Begins to watch for the largest memory anew. */
  void watchMemory();

  /** Largest memory since then, MiB; not a number where the system does not tell. */
  double peakMib();
}
