package io.tandem.disk;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A named place at which a test can make the program die as if killed. With the system property
 * {@code tandem.killAt=NAME:COUNT} the JVM halts with status 137, without running any shutdown hook
 * or flushing anything, when the place is reached for the COUNT-th time (1 if left out). Without
 * the property nothing happens.
 *
 * <p>Names in this package: {@code journal.before}, {@code journal.amid}, {@code journal.after},
 * {@code journal.synced}, {@code checkpoint.begun}, {@code checkpoint.before-manifest}, {@code
 * checkpoint.before-index}, {@code checkpoint.amid-manifest}, {@code checkpoint.after-manifest},
 * {@code checkpoint.after-rename}, {@code checkpoint.pruned}, {@code run.created}, and for each
 * file that is replaced in one step {@code FILE.before-rename} and {@code FILE.after-rename}, for
 * example {@code result.json.before-rename}.
 */
public final class KillPoint {
  /** Name of the system property that arms a place. */
  public static final String PROPERTY = "tandem.killAt";

  /** Exit status of a killed process, that of {@code kill -9} seen by a shell. */
  public static final int STATUS = 137;

  private static final Map<String, AtomicInteger> VISITS = new ConcurrentHashMap<>();

  private KillPoint() {}

  /**
   * Halts the JVM if this visit of the place is the armed one.
   *
   * @param name name of the place
   */
  public static void reached(String name) {
    String armed = System.getProperty(PROPERTY, "");
    if (isArmed(armed, name)) {
      int visit = VISITS.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
      if (visit == count(armed)) {
        Runtime.getRuntime().halt(STATUS);
      }
    }
  }

  /** Whether a place is armed in this process at all. */
  public static boolean isArmed(String name) {
    return isArmed(System.getProperty(PROPERTY, ""), name);
  }

  private static boolean isArmed(String armed, String name) {
    int colon = armed.lastIndexOf(':');
    return !armed.isEmpty() && (colon < 0 ? armed : armed.substring(0, colon)).equals(name);
  }

  private static int count(String armed) {
    int colon = armed.lastIndexOf(':');
    return colon < 0 ? 1 : Integer.parseInt(armed.substring(colon + 1));
  }
}
