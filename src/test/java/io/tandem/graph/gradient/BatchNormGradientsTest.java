package io.tandem.graph.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.graph.gradient.op.BatchNormGradient;
import io.tandem.graph.gradient.op.BatchNormLayout;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * Batch normalisation couples all examples of a batch, so its second derivative is the longest
 * formula of the registry. TensorFlow's fused kernels are for float32 only. The formula itself is
 * checked in float64 against a normalisation made of elementary operations, whose derivatives are
 * checked by differences; the fused operation is then compared with that normalisation.
 */
class BatchNormGradientsTest {
  private record Case(Shape input, String layout, float epsilon, boolean training) {
    List<Shape> shapes() {
      Shape channels = Shape.of(input.get(3));
      return List.of(input, channels, channels, channels, channels);
    }
  }

  static Stream<Case> cases() {
    return Stream.of(true, false)
        .flatMap(
            training ->
                Stream.of(
                    new Case(Shape.of(3, 2, 2, 2), "NHWC", 0.25f, training),
                    new Case(Shape.of(2, 3, 1, 3), "NHWC", 0.01f, training),
                    new Case(Shape.of(2, 2, 3, 2), "NCHW", 0.1f, training)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void formula_ofSecondDerivatives_agreesWithElementaryOperations(Case of) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat64>> x = new ArrayList<>();
      for (Shape shape : of.shapes()) {
        x.add(constant(tf, shape, x.size()));
      }
      x.set(4, tf.math.square(x.get(4)));
      Operand<TFloat64> upstream = constant(tf, of.input(), 5);
      List<Operand<TFloat64>> second =
          List.of(constant(tf, of.input(), 6), constant(tf, of.shapes().get(1), 7), x.get(1));
      Operand<TFloat64> first = total(tf, tf.math.mul(elementary(tf, x, of), upstream));
      List<Operand<TFloat64>> derivatives = Gradients.of(tf, graph, first, x.subList(0, 3));
      Operand<TFloat64> product = total(tf, tf.math.mul(derivatives.get(0), second.get(0)));
      for (int index = 1; index < 3; index++) {
        product =
            tf.math.add(
                product,
                total(tf, tf.math.mul(derivatives.get(index), tf.stopGradient(second.get(index)))));
      }
      List<Operand<TFloat64>> by =
          of.training()
              ? List.of(upstream, x.get(0), x.get(1))
              : List.of(upstream, x.get(0), x.get(1), x.get(3), x.get(4));
      List<Operand<TFloat64>> expected = Gradients.of(tf, graph, product, by);
      BatchNormLayout layout = new BatchNormLayout(of.layout());
      BatchNormGradient<TFloat64> formula =
          new BatchNormGradient<>(
              layout,
              Layouts.to(tf, upstream, of.layout()),
              Layouts.to(tf, x.get(0), of.layout()),
              x.get(1),
              Layouts.to(tf, second.get(0), of.layout()),
              second.get(1),
              second.get(2),
              tf.constant((double) of.epsilon()));
      List<Operand<TFloat64>> actual =
          new ArrayList<>(
              of.training()
                  ? formula.overBatch(tf)
                  : formula.withStatistics(tf, x.get(3), x.get(4)));
      actual.set(0, Layouts.from(tf, actual.get(0), of.layout()));
      actual.set(1, Layouts.from(tf, actual.get(1), of.layout()));
      Derivatives.agree(
          Doubles.fetch(session.runner(), actual),
          Doubles.fetch(session.runner(), expected),
          1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void elementaryOperations_toThirdOrder_agreeWithCentralDifferences(Case of) {
    Derivatives.check(3, of.shapes(), (tf, x) -> elementary(tf, positive(tf, x), of));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fused_toThirdOrder_agreesWithElementaryOperations(Case of) {
    compareFused(of);
  }

  /** Compares the fused training operation with elementary ones. */
  static void compareFused() {
    compareFused(new Case(Shape.of(3, 2, 2, 2), "NHWC", 0.25f, true));
  }

  private static void compareFused(Case of) {
    Derivatives.agree(
        Derivatives.of(TFloat32.class, 3, of.shapes(), (tf, x) -> fused(tf, stopped(tf, x), of)),
        Derivatives.of(
            TFloat64.class, 3, of.shapes(), (tf, x) -> elementary(tf, stopped(tf, x), of)),
        2e-5);
  }

  /** TensorFlow drops these derivatives, which would be a wrong result without a word. */
  @Test
  void fused_throughStatistics_isRefused() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat32>> x = new ArrayList<>();
      Case inference = new Case(Shape.of(3, 2, 2, 2), "NHWC", 0.1f, false);
      for (Shape shape : inference.shapes()) {
        x.add(tf.placeholder(TFloat32.class, Placeholder.shape(shape)));
      }
      Operand<TFloat32> given = total(tf, fused(tf.withSubScope("given"), x, inference));
      assertThat(Gradients.of(tf, graph, given, x.subList(0, 3))).hasSize(3);
      for (int statistic = 3; statistic < 5; statistic++) {
        List<Operand<TFloat32>> by = List.of(x.get(statistic));
        assertThatThrownBy(() -> Gradients.of(tf, graph, given, by))
            .isInstanceOf(MissingGradientException.class)
            .hasMessageContaining("given/FusedBatchNorm: the gradient leaves out");
      }
      FusedBatchNorm<TFloat32, TFloat32> training =
          tf.nn.fusedBatchNorm(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4));
      Operand<TFloat32> moving = total(tf, training.batchVariance());
      assertThatThrownBy(() -> Gradients.of(tf, graph, moving, x.subList(0, 1)))
          .isInstanceOf(MissingGradientException.class)
          .hasMessageContaining("batch statistics have no gradient");
    }
  }

  private static <T extends TNumber> Operand<T> elementary(Ops tf, List<Operand<T>> x, Case of) {
    BatchNormLayout layout = new BatchNormLayout("NHWC");
    Operand<T> mean = of.training() ? layout.mean(tf, x.get(0)) : layout.spread(tf, x.get(3));
    Operand<T> centred = tf.math.sub(x.get(0), mean);
    Operand<T> variance =
        of.training() ? layout.mean(tf, tf.math.square(centred)) : layout.spread(tf, x.get(4));
    Operand<T> epsilon = tf.dtypes.cast(tf.constant(of.epsilon()), x.get(0).type());
    Operand<T> normalised = tf.math.div(centred, tf.math.sqrt(tf.math.add(variance, epsilon)));
    return tf.math.add(
        tf.math.mul(normalised, layout.spread(tf, x.get(1))), layout.spread(tf, x.get(2)));
  }

  private static Operand<TFloat32> fused(Ops tf, List<Operand<TFloat32>> x, Case of) {
    FusedBatchNorm<TFloat32, TFloat32> norm =
        tf.nn.fusedBatchNorm(
            Layouts.to(tf, x.get(0), of.layout()),
            x.get(1),
            x.get(2),
            x.get(3),
            x.get(4),
            FusedBatchNorm.epsilon(of.epsilon()),
            FusedBatchNorm.dataFormat(of.layout()),
            FusedBatchNorm.isTraining(of.training()));
    return Layouts.from(tf, norm.y(), of.layout());
  }

  /** A variance that is one. */
  private static <T extends TNumber> List<Operand<T>> positive(Ops tf, List<Operand<T>> x) {
    List<Operand<T>> changed = new ArrayList<>(x);
    Operand<T> least = tf.dtypes.cast(tf.constant(0.3), x.get(4).type());
    changed.set(4, tf.math.add(tf.math.square(x.get(4)), least));
    return changed;
  }

  private static <T extends TNumber> List<Operand<T>> stopped(Ops tf, List<Operand<T>> x) {
    List<Operand<T>> changed = positive(tf, x);
    changed.set(3, tf.stopGradient(changed.get(3)));
    changed.set(4, tf.stopGradient(changed.get(4)));
    return changed;
  }

  private static Operand<TFloat64> constant(Ops tf, Shape shape, int stream) {
    return tf.reshape(
        tf.constant(Derivatives.numbers((int) shape.size(), stream)), tf.constant(shape));
  }

  private static <T extends TNumber> Operand<T> total(Ops tf, Operand<T> tensor) {
    return tf.reduceSum(tf.reshape(tensor, tf.constant(new int[] {-1})), tf.constant(0));
  }
}
