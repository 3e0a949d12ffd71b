package io.tandem.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Scores texts in batches as they come, in their order. A batch is small enough for its logits, and
 * it ends early where texts are long, as all of them are padded to the longest.
 */
public final class TextBatches {
  private static final int MOST_TEXTS = 32;
  private static final int MOST_CHARACTERS = 1 << 18;

  private final TextPredictor predictor;
  private final Consumer<TextScore> sink;
  private final List<String> waiting = new ArrayList<>();
  private long longest;

  /**
   * Makes an empty batch.
   *
   * @param predictor what scores
   * @param sink gets the score of each text
   */
  public TextBatches(TextPredictor predictor, Consumer<TextScore> sink) {
    this.predictor = predictor;
    this.sink = sink;
  }

  /** Takes a text; scores those that wait where it does not fit beside them. */
  public void add(String text) {
    long together = Math.max(longest, text.length()) * (waiting.size() + 1);
    if (waiting.size() == MOST_TEXTS || together > MOST_CHARACTERS) {
      flush();
    }
    waiting.add(text);
    longest = Math.max(longest, text.length());
  }

  /** Scores what is left. */
  public void flush() {
    predictor.score(waiting).forEach(sink);
    waiting.clear();
    longest = 0;
  }
}
