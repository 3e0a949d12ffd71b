package io.tandem.graph.joint.policy;

import io.tandem.graph.controller.ControllerSettings;
import io.tandem.graph.controller.PolicySample;
import io.tandem.graph.core.Scalars;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * A scalar whose derivative by the controller's parameters is the gradient that {@link
 * PolicyFeedback} stands for: log-probabilities, values and gates of the samples with coefficients
 * that are fed, and the regulariser. Every part of a gradient has rows and coefficients of its own.
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
   * Adds the coefficients, {@code [R]} or {@code [R, columns]}.
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
    regularised = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1)));
  }

  /**
   * Adds the scalar.
   *
   * @param tf where it is added
   * @param batch the samples
   * @param settings entropy and skip weights
   */
  <T extends TNumber> Operand<T> of(Ops tf, PolicySample<T> batch, ControllerSettings settings) {
    Class<T> type = batch.logDiscrete().type();
    Operand<T> regulariser =
        tf.math.sub(
            tf.math.mul(batch.skipPenalty(), Scalars.of(tf, settings.skipWeight(), type)),
            tf.math.mul(batch.entropy(), Scalars.of(tf, settings.entropyWeight(), type)));
    List<Operand<T>> terms =
        new ArrayList<>(
            List.of(
                dot(tf, direct, batch.logArchitecture(), type),
                dot(tf, response, batch.logDiscrete(), type),
                dot(tf, density, batch.logContinuous(), type),
                dot(tf, pathwise, batch.continuous(), type),
                dot(tf, regularised, regulariser, type)));
    if (gateColumns > 0) {
      gates = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1, gateColumns)));
      terms.add(dot(tf, gates, tf.math.exp(batch.logChoices()), type));
    }
    return tf.reshape(tf.math.addN(terms), tf.constant(new int[0]));
  }

  /** The sum of products, {@code [1, 1]}. */
  private static <T extends TNumber> Operand<T> dot(
      Ops tf, Operand<TFloat64> coefficients, Operand<T> values, Class<T> type) {
    return tf.linalg.matMul(
        tf.reshape(tf.dtypes.cast(coefficients, type), tf.constant(new int[] {1, -1})),
        tf.reshape(values, tf.constant(new int[] {-1, 1})));
  }

  /**
   * Feeds the coefficients.
   *
   * @param feeds takes them
   * @param parts the coefficients of every part
   */
  void feed(PolicyFeeds feeds, List<PolicyPart> parts) {
    feeds.add(direct, rows(parts, part -> part.feedback().direct()));
    feeds.add(response, rows(parts, part -> part.feedback().response()));
    feeds.add(density, rows(parts, part -> part.feedback().density()));
    feeds.add(regularised, rows(parts, PolicyPart::regularisers));
    feeds.add(pathwise, table(parts, continuousColumns, part -> part.feedback().pathwise()));
    if (gates != null) {
      feeds.add(gates, table(parts, gateColumns, PolicyPart::gates));
    }
  }

  private static TFloat64 rows(List<PolicyPart> parts, Function<PolicyPart, double[]> values) {
    return TFloat64.vectorOf(
        parts.stream().flatMapToDouble(part -> Arrays.stream(values.apply(part))).toArray());
  }

  private static TFloat64 table(
      List<PolicyPart> parts, int columns, Function<PolicyPart, double[][]> values) {
    int count = parts.size() * parts.get(0).feedback().samples().size();
    TFloat64 tensor = TFloat64.tensorOf(Shape.of(count, columns));
    if (columns > 0) {
      double[] all =
          parts.stream()
              .flatMap(part -> Arrays.stream(values.apply(part)))
              .flatMapToDouble(Arrays::stream)
              .toArray();
      // Without gates in the feedback there are none to count.
      tensor.asRawTensor().data().asDoubles().write(Arrays.copyOf(all, count * columns));
    }
    return tensor;
  }
}
