package io.tandem.serve;

import io.tandem.data.DataException;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Result;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What a language model says about one text.
 *
 * @param perplexity per word, at least 1 but for rounding
 * @param logProbability of the whole text, in nats
 * @param words how many there are, line ends included, positive
 */
public record TextScore(float perplexity, float logProbability, int words) {
  static final String PERPLEXITY = "perplexity";
  static final String LOG_PROBABILITY = "log_probability";
  static final String WORDS = "words";

  /**
   * Checks that the score is made of numbers.
   *
   * @param place what to call the text in an error
   * @throws DataException if it is not
   */
  public TextScore requireFinite(String place) {
    if (!Float.isFinite(perplexity) || !Float.isFinite(logProbability)) {
      throw new DataException(
          place + ": the model has no answer to this text, its score is not finite");
    }
    return this;
  }

  /** What a model says about a batch, one per text. */
  static List<TextScore> of(Result result) {
    TFloat32 perplexities = (TFloat32) result.get(PERPLEXITY).orElseThrow();
    TFloat32 logProbabilities = (TFloat32) result.get(LOG_PROBABILITY).orElseThrow();
    TInt32 words = (TInt32) result.get(WORDS).orElseThrow();
    List<TextScore> scores = new ArrayList<>();
    for (long row = 0; row < words.size(); row++) {
      scores.add(
          new TextScore(
              perplexities.getFloat(row), logProbabilities.getFloat(row), words.getInt(row)));
    }
    return scores;
  }
}
