package io.tandem.data.text;

import java.util.Optional;

/**
 * The windows of a training through a text, one step after another, whole or of random lengths. A
 * pass goes through the text once; it ends when a stream has fewer tokens left than the next window
 * is long, and that window is the first of the next pass. So nothing is read behind the end of a
 * stream but the target of its last token.
 *
 * @param windows the text in streams; their length is that of the longest window
 * @param lengths draws the length of every step's window; empty where all are whole
 */
public record TrainingWindows(Windows windows, Optional<WindowLengths> lengths) {
  /** Checks that drawn windows are not longer than the longest. */
  public TrainingWindows {
    if (lengths.isPresent() && lengths.get().longest() > windows.length()) {
      throw new IllegalArgumentException(
          "windows of " + lengths.get().longest() + " tokens, at most " + windows.length());
    }
  }

  /**
   * The window of a step.
   *
   * @param step number of the step, from 0
   * @param pass number of the pass through the text, from 0
   * @param time where it begins in every stream
   * @param times its length
   * @param before tokens of all windows before it, in all streams
   */
  public record Window(long step, long pass, int time, int times, long before) {
    /** Whether a pass begins with it, so that the state is to be forgotten before it. */
    public boolean first() {
      return time == 0;
    }
  }

  /** The window of step 0. */
  public Window begin() {
    return new Window(0, 0, 0, times(0), 0);
  }

  /** The window behind one. */
  public Window after(Window window) {
    long step = window.step() + 1;
    int times = times(step);
    int time = window.time() + window.times();
    boolean fits = time + times <= windows.steps();
    return new Window(
        step, fits ? window.pass() : window.pass() + 1, fits ? time : 0, times, read(window));
  }

  /** The window of a step, by going through all before it. */
  public Window at(long step) {
    Window window = begin();
    while (window.step() < step) {
      window = after(window);
    }
    return window;
  }

  /**
   * The last window of a training.
   *
   * @param tokens length of the training, positive: it ends with the window that completes them
   */
  public Window last(long tokens) {
    Window window = begin();
    while (read(window) < tokens) {
      window = after(window);
    }
    return window;
  }

  /**
   * Where a window begins in each stream.
   *
   * @return positions in the text; a new array
   */
  public int[] starts(Window window) {
    return windows.startsAt(window.time());
  }

  /** Tokens of all windows up to one, in all streams. */
  public long read(Window window) {
    return window.before() + (long) window.times() * windows.streams();
  }

  private int times(long step) {
    return lengths.map(drawn -> drawn.of(step)).orElse(windows.length());
  }
}
