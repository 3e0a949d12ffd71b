package io.tandem.data.text;

import io.tandem.data.Quote;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A whole text in windows of a fixed shape, for a loss over all of it: every token but the first is
 * counted as a target exactly once. The text is cut into contiguous streams, of equal length but
 * for the last ones; what a window holds behind the end of its stream is computed and not counted.
 *
 * <p>Each stream begins without memory of what is before it in the text. With one stream the loss
 * is exact; with more it is a little higher.
 *
 * @param tokens number of tokens of the text, at least 2
 * @param streams how many are read side by side: rows of a batch, positive
 * @param length times of a window, positive
 */
public record EvaluationWindows(int tokens, int streams, int length) {
  private static final int MOST_STREAMS = 16;
  private static final int TOKENS_OF_A_STREAM = 500;

  /** Checks that there is something to count. */
  public EvaluationWindows {
    if (tokens < 2 || streams < 1 || length < 1) {
      throw new IllegalArgumentException(
          Quote.format("no windows of %d x %d in %d tokens", streams, length, tokens));
    }
  }

  /**
   * How many streams make the reading of a text fast and its loss hardly higher: 16, but no stream
   * has fewer than 500 tokens where there can be fewer streams.
   *
   * @param tokens number of tokens of the text
   */
  public static int fastStreams(int tokens) {
    return Math.max(1, Math.min(MOST_STREAMS, tokens / TOKENS_OF_A_STREAM));
  }

  /**
   * A text with room for windows that begin near its end.
   *
   * @param text tokens
   * @param length times of a window, positive
   * @return the tokens, and behind them {@code length - 1} times {@link Vocabulary#END}, so that
   *     inputs and targets of every window are positions in it; a new array
   */
  public static int[] padded(int[] text, int length) {
    int[] padded = Arrays.copyOf(text, Math.addExact(text.length, length - 1));
    Arrays.fill(padded, text.length, padded.length, Vocabulary.END);
    return padded;
  }

  /** Number of windows that hold all of the text; the state is to be forgotten before the first. */
  public int count() {
    return Math.floorDiv(steps() - 1, length) + 1;
  }

  /** Number of targets that are counted in all windows together: all tokens but the first. */
  public int targets() {
    return tokens - 1;
  }

  /**
   * Where each stream's window begins.
   *
   * @param window 0 up to but not {@link #count}
   * @return the position in the text of the first input of each stream, at most {@code tokens - 2};
   *     of streams that have ended, any; a new array
   */
  public int[] starts(int window) {
    return IntStream.range(0, streams)
        .map(stream -> (int) Math.min(tokens - 2L, begin(stream) + before(window)))
        .toArray();
  }

  /**
   * What counts in a window.
   *
   * @param window 0 up to but not {@link #count}
   * @return {@code [streams, length]}, row by row: 1 where the target at this time counts,
   *     otherwise 0; in each row zeros follow ones; a new array
   */
  public float[] weights(int window) {
    float[] weights = new float[Math.multiplyExact(streams, length)];
    for (int stream = 0; stream < streams; stream++) {
      long left = Math.min(steps(), targets() - begin(stream)) - before(window);
      int counted = (int) Math.max(0, Math.min(length, left));
      Arrays.fill(weights, stream * length, stream * length + counted, 1);
    }
    return weights;
  }

  /** Length of the streams that are not cut by the end of the text. */
  private int steps() {
    return Math.floorDiv(targets() - 1, streams) + 1;
  }

  private long begin(int stream) {
    return (long) stream * steps();
  }

  private long before(int window) {
    if (window < 0 || window >= count()) {
      throw new IllegalArgumentException("window " + window + " of " + count());
    }
    return (long) window * length;
  }
}
