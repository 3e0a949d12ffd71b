package io.tandem.disk;

import java.util.Map;

/** Where a long computation tells how far it is. */
public interface Progress extends AutoCloseable {
  /** Tells nobody. */
  Progress NONE =
      new Progress() {
        @Override
        public void phase(String name, long total) {}

        @Override
        public void step(long done, Map<String, Double> metrics) {}

        @Override
        public void message(String text) {}

        @Override
        public void close() {}
      };

  /**
   * Begins a phase; the one before it is done.
   *
   * @param name for people, for example {@code search}
   * @param total number of steps in the phase
   */
  void phase(String name, long total);

  /**
   * Tells how far the phase is.
   *
   * @param done steps done, at most the total
   * @param metrics figures of the moment by name, for example {@code reward}
   */
  void step(long done, Map<String, Double> metrics);

  /**
   * Tells something that stays on the screen, in one line.
   *
   * @param text for people
   */
  void message(String text);

  @Override
  void close();
}
