package io.tandem.graph.training;

import io.tandem.data.text.EvaluationWindows;
import io.tandem.data.text.Vocabulary;
import io.tandem.graph.child.text.CountedWords;
import io.tandem.graph.child.text.LanguageNetwork;
import io.tandem.graph.child.text.WindowOutput;
import io.tandem.graph.core.Precision;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * A language model that reads a whole text window by window, as it predicts. Before the first token
 * it sees {@link Vocabulary#END} with a state of zeros, so that every token is predicted once.
 */
final class TextReading {
  // Products with one row are divided among threads, and waiting for them takes ten times as long
  // as
  // a product with two rows in one thread. So a single stream is read twice and counted once.
  private static final int LEAST_ROWS = 2;

  private final int length;
  private final int stateWidth;
  private final Placeholder<TInt32> words;
  private final Placeholder<TInt32> targets;
  private final Placeholder<TFloat32> counted;
  private final Placeholder<TFloat32> before;
  private final Operand<TFloat64> loss;
  private final Operand<TFloat64> correct;
  private final Operand<TFloat32> after;

  /**
   * Adds the model over a window.
   *
   * @param tf where it is added
   * @param network the model
   * @param weights in the order of the model
   */
  TextReading(Ops tf, LanguageNetwork network, List<Operand<TFloat32>> weights) {
    length = network.shape().length();
    stateWidth = network.stateWidth();
    words = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, length)));
    targets = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    counted = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    before =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, stateWidth)));
    WindowOutput<TFloat32> output =
        network.window(tf, weights, words, before, null, Precision.FLOAT32);
    CountedWords sums = CountedWords.of(tf, output.head(), targets, counted);
    loss = sums.loss();
    correct = sums.correct();
    after = output.state();
  }

  /**
   * Reads a text.
   *
   * @param session of the graph; the weights have values
   * @param text tokens
   * @param streams read side by side, each but the first without knowing what is before it; with
   *     one the score is exact
   * @return share of the tokens that were the most probable ones, and the mean cross-entropy; not
   *     measured if there are no tokens
   */
  Score of(Session session, int[] text, int streams) {
    if (text.length == 0) {
      return Score.none();
    }
    int[] prefixed = new int[text.length + 1];
    prefixed[0] = Vocabulary.END;
    System.arraycopy(text, 0, prefixed, 1, text.length);
    EvaluationWindows windows = new EvaluationWindows(prefixed.length, streams, length);
    int[] padded = EvaluationWindows.padded(prefixed, length);
    int rows = Math.max(LEAST_ROWS, streams);
    float[] state = new float[rows * stateWidth];
    double lossSum = 0;
    double right = 0;
    for (int window = 0; window < windows.count(); window++) {
      Fed fed = fed(windows, rows, padded, window);
      try (TInt32 input = TInt32.tensorOf(Shape.of(rows, length), DataBuffers.of(fed.words));
          TInt32 truth = TInt32.vectorOf(fed.targets);
          TFloat32 counts = TFloat32.vectorOf(fed.counted);
          TFloat32 carried = TFloat32.tensorOf(Shape.of(rows, stateWidth), DataBuffers.of(state));
          Result result =
              session
                  .runner()
                  .feed(words, input)
                  .feed(targets, truth)
                  .feed(counted, counts)
                  .feed(before, carried)
                  .fetch(loss)
                  .fetch(correct)
                  .fetch(after)
                  .run()) {
        lossSum += ((TFloat64) result.get(0)).getDouble();
        right += ((TFloat64) result.get(1)).getDouble();
        state = Tensors.floats(result.get(2));
      }
    }
    return new Score(right / windows.targets(), lossSum / windows.targets());
  }

  /** A window: words stream by stream, targets and what counts of them time by time. */
  @SuppressWarnings("ArrayRecordComponent") // handed over and read once
  private record Fed(int[] words, int[] targets, float[] counted) {}

  private Fed fed(EvaluationWindows windows, int rows, int[] padded, int window) {
    int[] starts = windows.starts(window);
    float[] weights = windows.weights(window);
    int size = rows * length;
    Fed fed = new Fed(new int[size], new int[size], new float[size]);
    for (int row = 0; row < rows; row++) {
      int stream = Math.min(row, windows.streams() - 1);
      for (int time = 0; time < length; time++) {
        int place = starts[stream] + time;
        fed.words[row * length + time] = padded[place];
        fed.targets[time * rows + row] = padded[place + 1];
        fed.counted[time * rows + row] = row == stream ? weights[stream * length + time] : 0;
      }
    }
    return fed;
  }
}
