package io.tandem.graph.joint.child;

import io.tandem.data.text.EvaluationWindows;
import io.tandem.graph.child.text.CountedWords;
import io.tandem.graph.child.text.WindowOutput;
import io.tandem.space.Candidate;
import io.tandem.space.RateFactor;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The reading of a recurrent cell on the validation text, or on the beginning of each of its
 * streams: the state begins with zeros and is carried from window to window, and every word but the
 * first is predicted once.
 *
 * @param <T> type of reals
 */
final class LanguageEvaluation<T extends TNumber> implements Judge {
  private final Session session;
  private final ChildInputs<T> inputs;
  private final EvaluationWindows windows;
  private final int hidden;
  private final int length;
  private final Placeholder<TInt32> starts;
  private final Placeholder<TFloat32> counted;
  private final Placeholder<TFloat64> before;
  private final Operand<TFloat64> loss;
  private final Operand<TFloat64> correct;
  private final Operand<TFloat64> after;

  /**
   * Adds the reading.
   *
   * @param tf where it is added
   * @param session the run's session
   * @param inputs what is fed
   * @param problem the models and the validation text
   * @param weights the corners of the shared weights that the candidate uses
   * @param tokens length of the validation text
   */
  LanguageEvaluation(
      Ops tf,
      Session session,
      ChildInputs<T> inputs,
      LanguageProblem<T> problem,
      List<Operand<T>> weights,
      int tokens) {
    this.session = session;
    this.inputs = inputs;
    length = problem.length();
    int streams = EvaluationWindows.fastStreams(tokens);
    windows = new EvaluationWindows(tokens, streams, length);
    hidden = problem.child().shape().hidden();
    starts = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(streams)));
    counted = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(streams, length)));
    before = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(streams, hidden)));
    Class<T> type = problem.read().state().type();
    WindowOutput<T> output =
        problem
            .child()
            .window(
                weights,
                problem.validation().words(tf, starts, length),
                tf.dtypes.cast(before, type),
                null);
    Operand<TInt32> targets = problem.validation().targets(tf, starts, length);
    Operand<TFloat32> inTime =
        tf.reshape(
            tf.linalg.transpose(counted, tf.constant(new int[] {1, 0})),
            tf.constant(new int[] {-1}));
    CountedWords sums = CountedWords.of(tf, output.head(), targets, inTime);
    loss = sums.loss();
    correct = sums.correct();
    after = tf.dtypes.cast(output.state(), TFloat64.class);
  }

  @Override
  public Evaluation evaluate(Candidate chosen, long examples) {
    long each = (long) windows.streams() * length;
    long count = Math.min(windows.count(), Math.max(1, examples / each));
    double words = 0;
    double sum = 0;
    double right = 0;
    double[] state = new double[windows.streams() * hidden];
    for (int window = 0; window < count; window++) {
      float[] weights = windows.weights(window);
      for (float weight : weights) {
        words += weight;
      }
      List<Tensor> open = new ArrayList<>();
      try {
        Session.Runner runner = session.runner();
        inputs.candidate().feed(runner, chosen, RateFactor.of(1), open);
        CandidateFeeds.add(runner, starts, TInt32.vectorOf(windows.starts(window)), open);
        CandidateFeeds.add(
            runner, counted, TFloat32.tensorOf(counted.shape(), DataBuffers.of(weights)), open);
        CandidateFeeds.add(
            runner, before, TFloat64.tensorOf(before.shape(), DataBuffers.of(state)), open);
        try (Result result = runner.fetch(loss).fetch(correct).fetch(after).run()) {
          sum += ((TFloat64) result.get(0)).getDouble();
          right += ((TFloat64) result.get(1)).getDouble();
          ((TFloat64) result.get(2)).copyTo(DataBuffers.of(state, false, false));
        }
      } finally {
        open.forEach(Tensor::close);
      }
    }
    return new Evaluation(sum / words, right / words);
  }
}
