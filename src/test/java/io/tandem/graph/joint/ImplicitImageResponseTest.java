package io.tandem.graph.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.space.Architecture;
import io.tandem.space.ArchitectureSpace;
import io.tandem.space.Candidate;
import io.tandem.space.CellOperation;
import io.tandem.space.CellRegularisation;
import io.tandem.space.ConvolutionOperation;
import io.tandem.space.Filters;
import io.tandem.space.Hyperparameter;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MacroSpace;
import io.tandem.space.MicroArchitecture;
import io.tandem.space.MicroSpace;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.Range;
import io.tandem.testing.PlainPerceptron;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;

/** The implicit function theorem through convolutions, pooling and normalisation by the batch. */
class ImplicitImageResponseTest {
  // One step, judged by all rows.
  private static final Rows ONCE =
      new Rows(new int[][] {{0, 1, 2, 3, 4, 5}}, new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 4, 9);
  private static final double DAMPING = 2000;
  private static final double SCALE = 4e-4;
  private static final int TERMS = 3;

  static Stream<Arguments> children() {
    return Stream.of(
        Arguments.of(
            new MacroSpace(2, new Filters(4), List.of(ConvolutionOperation.values()), true, 0.2),
            MacroArchitecture.parse("4 3 1")),
        Arguments.of(
            new MicroSpace(
                1, 2, 1, List.of(CellOperation.values()), CellRegularisation.dropout(0.2)),
            MicroArchitecture.parse("1 0 0 1  1 1 0 4")));
  }

  /**
   * The response is {@code -<(H + damping)^-1 m, g>} with the mixed derivatives {@code m} of the
   * last batch's loss and the derivative {@code g} of the validation loss.
   */
  @ParameterizedTest
  @MethodSource("children")
  void respond_conjugateGradient_agreesWithASolutionByDifferences(
      ArchitectureSpace space, Architecture architecture) {
    Response response =
        agreesWithDifferences(
            space,
            architecture,
            new ResponseSettings.ConjugateGradient(6, DAMPING, 1e-10),
            ImplicitImageResponseTest::solution);
    assertThat(Objects.requireNonNull(response.solver()).residual()).isLessThan(1e-5);
  }

  @ParameterizedTest
  @MethodSource("children")
  void respond_neumann_agreesWithTheSeriesByDifferences(
      ArchitectureSpace space, Architecture architecture) {
    agreesWithDifferences(
        space,
        architecture,
        new ResponseSettings.Neumann(TERMS, SCALE),
        ImplicitImageResponseTest::series);
  }

  /** Decay is most of what is solved, so only so near a value tells of the network's curvature. */
  private static void check(Response response, List<Double> expected) {
    assertThat(response.dropped()).isFalse();
    assertThat(Objects.requireNonNull(response.solver()).breakdowns()).isZero();
    assertThat(response.response()[0]).isZero();
    assertThat(response.response()[1]).isZero();
    for (int index = 0; index < expected.size(); index++) {
      double difference = expected.get(index);
      assertThat(response.response()[2 + index])
          .as("%s", ImageChild.SEARCHED.get(2 + index).key())
          .isCloseTo(difference, within(1e-6 * Math.abs(difference)));
      assertThat(Math.abs(difference)).isGreaterThan(1e-6);
    }
  }

  /** What an estimator multiplies the mixed derivatives with; symmetric. */
  private interface Inverse {
    double[] apply(UnaryOperator<double[]> hessian, double[] right);
  }

  /** Of weight decay and label smoothing, with derivatives by differences of training steps. */
  private static Response agreesWithDifferences(
      ArchitectureSpace space,
      Architecture architecture,
      ResponseSettings settings,
      Inverse inverse) {
    try (Graph graph = new Graph();
        Session session = ImageChild.session(graph)) {
      ChildProgram<TFloat64> child =
          ImageChild.child(
              graph,
              session,
              TFloat64.class,
              space,
              OptimizerFamily.SGD,
              Optional.of(ImageChild.IMAGE),
              AugmentationSettings.none(),
              Range.fixed(0),
              1,
              settings.estimator());
      Weights weights = new Weights(session, Ops.create(graph), child);
      child.load();
      // So much decay that what is solved is positive definite, and terms of a series shrink.
      Candidate candidate =
          ImageChild.with(
              ImageChild.with(
                  ImageChild.candidate(architecture, OptimizerFamily.SGD),
                  Hyperparameter.WEIGHT_DECAY,
                  2000),
              Hyperparameter.LEARNING_RATE,
              1e-4);
      child.initialise(3, candidate.optimizer());
      Response response = child.respond(candidate, 1, ONCE);
      child.train(candidate, 1, ONCE, false, true, 0);
      double[] trained = weights.values();
      UnaryOperator<double[]> hessian =
          direction -> {
            double step = 1e-6 / Math.sqrt(PlainPerceptron.dot(direction, direction));
            double[] up = weights.gradient(candidate, plus(trained, step, direction));
            double[] down = weights.gradient(candidate, plus(trained, -step, direction));
            return scaled(plus(up, -1, down), 1 / (2 * step));
          };
      List<Double> expected = new ArrayList<>();
      for (Hyperparameter name : ImageChild.SEARCHED.subList(2, 4)) {
        double value = candidate.optimizer().get(name);
        double step = 1e-3 * value;
        double[] up = weights.gradient(ImageChild.with(candidate, name, value + step), trained);
        double[] down = weights.gradient(ImageChild.with(candidate, name, value - step), trained);
        double[] mixed = scaled(plus(up, -1, down), 1 / (2 * step));
        double[] solution = inverse.apply(hessian, mixed);
        double move = 1e-6 / Math.sqrt(PlainPerceptron.dot(solution, solution));
        weights.set(plus(trained, move, solution));
        double above = child.evaluate(candidate).loss();
        weights.set(plus(trained, -move, solution));
        double below = child.evaluate(candidate).loss();
        expected.add(-(above - below) / (2 * move));
      }
      check(response, expected);
      return response;
    }
  }

  private static double[] series(UnaryOperator<double[]> hessian, double[] right) {
    double[] term = right.clone();
    double[] sum = new double[right.length];
    for (int power = 0; power < TERMS; power++) {
      sum = plus(sum, SCALE, term);
      term = plus(term, -SCALE, hessian.apply(term));
    }
    return sum;
  }

  /** Conjugate gradients until nothing is left, with the damping on the diagonal. */
  private static double[] solution(UnaryOperator<double[]> hessian, double[] right) {
    double[] solution = new double[right.length];
    double[] residual = right.clone();
    double[] direction = right.clone();
    double square = PlainPerceptron.dot(residual, residual);
    double first = square;
    for (int step = 0; step < 60 && square > 1e-18 * first; step++) {
      double[] product = plus(hessian.apply(direction), DAMPING, direction);
      double length = square / PlainPerceptron.dot(direction, product);
      solution = plus(solution, length, direction);
      residual = plus(residual, -length, product);
      double next = PlainPerceptron.dot(residual, residual);
      direction = plus(residual, next / square, direction);
      square = next;
    }
    return solution;
  }

  private static double[] plus(double[] one, double factor, double[] other) {
    double[] sum = new double[one.length];
    Arrays.setAll(sum, index -> one[index] + factor * other[index]);
    return sum;
  }

  private static double[] scaled(double[] vector, double factor) {
    return plus(new double[vector.length], factor, vector);
  }

  /** All shared weights as one list of numbers. */
  private static final class Weights {
    private final Session session;
    private final ChildProgram<TFloat64> child;
    private final List<Placeholder<TFloat64>> fed = new ArrayList<>();
    private final List<Op> assigned = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();

    Weights(Session session, Ops tf, ChildProgram<TFloat64> child) {
      this.session = session;
      this.child = child;
      List<Variable<TFloat64>> variables = child.network().weights();
      for (int index = 0; index < variables.size(); index++) {
        fed.add(tf.placeholder(TFloat64.class, Placeholder.shape(child.network().shape(index))));
        assigned.add(child.network().assign(index, variables.get(index), fed.get(index)));
        lengths.add((int) child.network().shape(index).size());
      }
    }

    double[] values() {
      return ImageChild.weights(session, child).stream().flatMapToDouble(Arrays::stream).toArray();
    }

    void set(double[] values) {
      List<TFloat64> open = new ArrayList<>();
      Session.Runner runner = session.runner();
      int begin = 0;
      for (int index = 0; index < fed.size(); index++) {
        double[] own = Arrays.copyOfRange(values, begin, begin + lengths.get(index));
        open.add(TFloat64.vectorOf(own));
        runner.feed(fed.get(index), open.get(index)).addTarget(assigned.get(index));
        begin += lengths.get(index);
      }
      runner.run().close();
      open.forEach(TFloat64::close);
    }

    /** Of the training loss: how far a step moves the weights, by its length. */
    double[] gradient(Candidate candidate, double[] at) {
      set(at);
      assertThat(child.train(candidate, 1, ONCE, false, true, 0).applied()).isTrue();
      double rate = candidate.optimizer().get(Hyperparameter.LEARNING_RATE);
      return scaled(plus(at, -1, values()), 1 / rate);
    }
  }
}
