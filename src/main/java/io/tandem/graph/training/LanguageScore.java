package io.tandem.graph.training;

import io.tandem.data.text.Vocabulary;
import io.tandem.graph.child.text.LanguageNetwork;
import io.tandem.graph.child.text.TrainedLanguageModel;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;

/**
 * Scores a trained language model on a whole text, in a graph of its own. Every token of the text
 * is predicted once, the first from {@link Vocabulary#END} and a state of zeros. Accuracy is the
 * share of tokens that were the most probable ones, loss the mean cross-entropy in nats: perplexity
 * is its exponential.
 */
public final class LanguageScore {
  // Long windows save calls; the logits of one are not to leave the caches.
  private static final int LONGEST = 64;
  private static final int LOGITS = 1 << 22;

  private LanguageScore() {}

  /**
   * The score of a text that is read as one stream: exact.
   *
   * @param model the language model
   * @param tokens the text
   * @param config threads, devices and memory of the session
   * @return not measured if the text is empty
   */
  public static Score of(TrainedLanguageModel model, int[] tokens, ConfigProto config) {
    return of(model, tokens, 1, config);
  }

  /**
   * The score of a text that is read as several streams: faster, and a little worse, as each stream
   * begins without knowing what is before it.
   *
   * @param model the language model
   * @param tokens the text
   * @param streams read side by side, positive
   * @param config threads, devices and memory of the session
   * @return not measured if the text is empty
   */
  public static Score of(
      TrainedLanguageModel model, int[] tokens, int streams, ConfigProto config) {
    return of(model, tokens, streams, length(model, tokens.length, streams), config);
  }

  /** The same in windows of a given length, which changes nothing but time and memory. */
  static Score of(
      TrainedLanguageModel model, int[] tokens, int streams, int length, ConfigProto config) {
    LanguageNetwork network = model.network().over(length);
    try (Graph graph = new Graph();
        Session session = new Session(graph, config)) {
      Ops tf = Ops.create(graph);
      // Variables and not constants, with which the graph optimizer would begin to reckon.
      TrainingVariables weights = new TrainingVariables();
      network.parts().shapes().forEach(shape -> weights.declare(tf, shape));
      TextReading reading =
          new TextReading(tf, network, weights.operands(0, model.weights().size()));
      weights.restore(session, model.weights());
      return reading.of(session, tokens, streams);
    }
  }

  private static int length(TrainedLanguageModel model, int tokens, int streams) {
    long fitting = LOGITS / ((long) streams * model.vocabulary().size());
    long needed = Math.floorDiv(tokens, streams) + 1L;
    return (int) Math.max(1, Math.min(LONGEST, Math.min(fitting, needed)));
  }
}
