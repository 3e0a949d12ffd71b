package io.tandem.data.text;

import io.tandem.data.DataException;
import io.tandem.data.Quote;
import java.util.stream.IntStream;

/**
 * A text in windows for truncated backpropagation through time. It is cut into contiguous streams
 * of {@code steps()} tokens that are read side by side: a window holds the same times of every
 * stream, so that the state at the end of a window is the one at the beginning of the next. Inputs
 * of window w are the tokens at the times w * length up to but not (w + 1) * length, targets those
 * one later; the target at the last time of a stream is the first token of the next. Tokens behind
 * the last whole window of a stream, and behind the last stream, are not used in training.
 *
 * @param tokens number of tokens of the text
 * @param streams how many are read side by side: rows of a batch, positive
 * @param length times of a window, positive
 */
public record Windows(int tokens, int streams, int length) {
  /** Checks that there is a window. */
  public Windows {
    if (streams < 1 || length < 1 || tokens < needed(streams, length)) {
      throw new IllegalArgumentException(
          Quote.format("no window of %d x %d in %d tokens", streams, length, tokens));
    }
  }

  /**
   * The windows of a user's text.
   *
   * @param part what to call the text in messages, for example {@code training part}
   * @param tokens number of its tokens
   * @param streams how many are read side by side, positive
   * @param length times of a window, positive
   * @throws DataException if the text is too short for one window
   */
  public static Windows of(String part, int tokens, int streams, int length) {
    if (tokens < needed(streams, length)) {
      throw new DataException(
          Quote.format(
              "%s: %d tokens, expected at least %d for one window of %d tokens in each of %d"
                  + " streams; use a smaller batch, a shorter window or a longer text",
              part, tokens, needed(streams, length), length, streams));
    }
    return new Windows(tokens, streams, length);
  }

  /** A window of each stream and the last target. */
  private static long needed(int streams, int length) {
    return (long) streams * length + 1;
  }

  /** Length of a stream: inputs that have a target, at least {@code length}. */
  public int steps() {
    return (tokens - 1) / streams;
  }

  /** Number of windows in one pass through the text, positive. */
  public int count() {
    return steps() / length;
  }

  /**
   * Where each stream's window begins.
   *
   * @param window number of the window, from 0; after {@link #count} windows the text begins anew
   * @return the position in the text of the first input of each stream; a new array
   */
  public int[] starts(long window) {
    return startsAt(inPass(window) * length);
  }

  /**
   * Where each stream is at a time, for windows whose lengths differ.
   *
   * @param time 0 up to but not {@code steps()}; a window may go on to {@code steps()} and no
   *     further
   * @return the position in the text of each stream; a new array
   */
  public int[] startsAt(int time) {
    if (time < 0 || time >= steps()) {
      throw new IllegalArgumentException("time " + time + " of " + steps());
    }
    return IntStream.range(0, streams).map(stream -> stream * steps() + time).toArray();
  }

  /**
   * Whether a window is the first of a pass, so that the state is to be forgotten before it.
   *
   * @param window number of the window, from 0
   */
  public boolean first(long window) {
    return inPass(window) == 0;
  }

  private int inPass(long window) {
    if (window < 0) {
      throw new IllegalArgumentException("window " + window + " is negative");
    }
    return (int) (window % count());
  }
}
