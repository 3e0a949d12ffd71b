package io.tandem.graph.joint;

import io.tandem.graph.controller.ControllerSettings;
import io.tandem.graph.controller.PolicySample;
import io.tandem.graph.core.Scalars;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * A scalar whose derivative by the controller's parameters is the gradient that {@link
 * PolicyFeedback} stands for: log-probabilities, values and gates of the samples with coefficients
 * that are fed, and the regulariser. One derivative serves all parts, which differ in what is fed.
 */
final class PolicySurrogate {
  private final int continuousColumns;
  private final int gateColumns;
  private final Placeholder<TFloat64> direct;
  private final Placeholder<TFloat64> response;
  private final Placeholder<TFloat64> density;
  private final Placeholder<TFloat64> pathwise;
  private final Placeholder<TFloat64> regularised;
  private @Nullable Placeholder<TFloat64> gates;

  /**
   * Adds the coefficients.
   *
   * @param tf where they are added
   * @param continuousColumns reals per sample
   * @param gateColumns integers per sample that record the architecture, if it learns through
   *     gates; 0 if by its score
   */
  PolicySurrogate(Ops tf, int continuousColumns, int gateColumns) {
    this.continuousColumns = continuousColumns;
    this.gateColumns = gateColumns;
    direct = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1)));
    response = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1)));
    density = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1)));
    pathwise = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1, continuousColumns)));
    regularised = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.scalar()));
  }

  /**
   * Adds the scalar.
   *
   * @param tf where it is added
   * @param batch the samples
   * @param meanEntropy scalar
   * @param settings entropy and skip weights
   * @param samples number of samples
   */
  <T extends TNumber> Operand<T> of(
      Ops tf,
      PolicySample<T> batch,
      Operand<T> meanEntropy,
      ControllerSettings settings,
      Operand<TInt32> samples) {
    Class<T> type = batch.logDiscrete().type();
    Operand<T> penalty = tf.math.mean(batch.skipPenalty(), tf.constant(0));
    Operand<T> regulariser =
        tf.math.sub(
            tf.math.mul(penalty, Scalars.of(tf, settings.skipWeight(), type)),
            tf.math.mul(meanEntropy, Scalars.of(tf, settings.entropyWeight(), type)));
    List<Operand<T>> terms =
        new ArrayList<>(
            List.of(
                dot(tf, direct, batch.logArchitecture(), type),
                dot(tf, response, batch.logDiscrete(), type),
                dot(tf, density, batch.logContinuous(), type),
                dot(tf, pathwise, batch.continuous(), type),
                tf.math.mul(tf.dtypes.cast(regularised, type), regulariser)));
    if (gateColumns > 0) {
      gates = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1, gateColumns)));
      terms.add(dot(tf, gates, tf.math.exp(choices(tf, batch, samples)), type));
    }
    return tf.math.addN(terms);
  }

  /** Log-probability of every choice of the architecture, {@code [M, columns]}. */
  private static <T extends TNumber> Operand<T> choices(
      Ops tf, PolicySample<T> batch, Operand<TInt32> samples) {
    Operand<TInt32> shape = tf.stack(List.of(samples, tf.constant(-1)));
    List<Operand<T>> columns = new ArrayList<>();
    batch.logChoices().forEach(choice -> columns.add(tf.reshape(choice, shape)));
    return columns.size() == 1 ? columns.get(0) : tf.concat(columns, tf.constant(1));
  }

  private static <T extends TNumber> Operand<T> dot(
      Ops tf, Operand<TFloat64> coefficients, Operand<T> values, Class<T> type) {
    Operand<T> products = tf.math.mul(tf.dtypes.cast(coefficients, type), values);
    return tf.reduceSum(tf.reshape(products, tf.constant(new int[] {-1})), tf.constant(0));
  }

  /**
   * Feeds the coefficients.
   *
   * @param runner takes the feeds
   * @param feedback the coefficients
   * @param regularisation factor on the regulariser
   * @param open collects the tensors, which the caller closes after the run
   */
  void feed(
      Session.Runner runner, PolicyFeedback feedback, double regularisation, List<Tensor> open) {
    int count = feedback.samples().size();
    CandidateFeeds.add(runner, direct, TFloat64.vectorOf(feedback.direct()), open);
    CandidateFeeds.add(runner, response, TFloat64.vectorOf(feedback.response()), open);
    CandidateFeeds.add(runner, density, TFloat64.vectorOf(feedback.density()), open);
    CandidateFeeds.add(runner, regularised, TFloat64.scalarOf(regularisation), open);
    TFloat64 continuous = TFloat64.tensorOf(Shape.of(count, continuousColumns));
    if (continuousColumns > 0) {
      StdArrays.copyTo(feedback.pathwise(), continuous);
    }
    CandidateFeeds.add(runner, pathwise, continuous, open);
    if (gates != null) {
      TFloat64 sums = TFloat64.tensorOf(Shape.of(count, gateColumns));
      if (feedback.gates() != null) {
        StdArrays.copyTo(feedback.gates().sum(), sums);
      }
      CandidateFeeds.add(runner, gates, sums, open);
    }
  }
}
