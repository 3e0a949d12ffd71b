package io.tandem.graph.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tandem.data.ImageShape;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.space.Candidate;
import io.tandem.space.CellOperation;
import io.tandem.space.CellRegularisation;
import io.tandem.space.Hyperparameter;
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
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * Children of cells go through the same program as perceptrons: they are trained on shared weights,
 * and their response to the optimizer's hyperparameters is differentiated exactly.
 */
class MicroChildTest {
  private static final CellRegularisation DROPOUT = CellRegularisation.dropout(0.2);
  private static final List<CellOperation> ALL = List.of(CellOperation.values());
  private static final String POOLING = "1 3 1 2 1 2 0 4  1 3 1 2 0 3 2 2";
  private static final String MIXED = "1 0 0 1 2 3 1 4  1 1 0 4 2 0 1 2";
  private static final String CHAIN = "0 4 1 2 2 0 2 1  0 0 1 3 2 4 2 3";
  private static final String SINGLE = "1 0 0 1  1 1 0 4";
  // One step, judged by all rows.
  private static final Rows ONCE =
      new Rows(new int[][] {{0, 1, 2, 3, 4, 5}}, new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 4, 9);
  private static final double DAMPING = 2000;
  private static final double SCALE = 4e-4;
  private static final int TERMS = 3;

  @Test
  void respond_unrolled_agreesWithCentralDifferences() {
    unrolledAgreesWithDifferences(DROPOUT, MIXED, POOLING, CHAIN);
  }

  @Test
  void respond_dropPathAndAuxiliaryHead_agreesWithCentralDifferences() {
    unrolledAgreesWithDifferences(new CellRegularisation(0.2, 0.3, 0.02), MIXED);
  }

  private static void unrolledAgreesWithDifferences(
      CellRegularisation regularisation, String... encodings) {
    OptimizerFamily family = OptimizerFamily.MOMENTUM;
    try (Graph graph = new Graph();
        Session session = ImageChild.session(graph)) {
      ChildProgram<TFloat64> child =
          child(
              graph,
              session,
              TFloat64.class,
              family,
              Optional.of(ImageChild.IMAGE),
              2,
              2,
              new Unrolled(),
              regularisation);
      child.load();
      child.initialise(3, candidate(encodings[0], family).optimizer());
      for (String encoding : encodings) {
        ImageChild.agreesWithDifferences(child, candidate(encoding, family));
      }
    }
  }

  /**
   * The response is {@code -<(H + damping)^-1 m, g>} with the mixed derivatives {@code m} of the
   * last batch's loss and the derivative {@code g} of the validation loss.
   */
  @Test
  void respond_conjugateGradient_agreesWithASolutionByDifferences() {
    Response[] responses = new Response[1];
    double[] expected =
        byDifferences(
            new ResponseSettings.ConjugateGradient(6, DAMPING, 1e-10).estimator(),
            responses,
            (hessian, right) -> solution(hessian, right));
    check(responses[0], expected);
    assertThat(Objects.requireNonNull(responses[0].solver()).residual()).isLessThan(1e-5);
  }

  @Test
  void respond_neumann_agreesWithTheSeriesByDifferences() {
    Response[] responses = new Response[1];
    double[] expected =
        byDifferences(
            new ResponseSettings.Neumann(TERMS, SCALE).estimator(),
            responses,
            (hessian, right) -> {
              double[] term = right.clone();
              double[] sum = new double[right.length];
              for (int power = 0; power < TERMS; power++) {
                sum = plus(sum, SCALE, term);
                term = plus(term, -SCALE, hessian.apply(term));
              }
              return sum;
            });
    check(responses[0], expected);
  }

  private static void check(Response response, double[] expected) {
    assertThat(response.dropped()).isFalse();
    assertThat(Objects.requireNonNull(response.solver()).breakdowns()).isZero();
    assertThat(response.response()[0]).isZero();
    assertThat(response.response()[1]).isZero();
    for (int index = 0; index < expected.length; index++) {
      assertThat(response.response()[2 + index])
          .as("%s", ImageChild.SEARCHED.get(2 + index).key())
          .isCloseTo(expected[index], within(1e-4 * Math.abs(expected[index])));
      assertThat(Math.abs(expected[index])).isGreaterThan(1e-6);
    }
  }

  /** What an estimator multiplies the mixed derivatives with; symmetric. */
  private interface Inverse {
    double[] apply(UnaryOperator<double[]> hessian, double[] right);
  }

  /** Of weight decay and label smoothing, with derivatives by differences of training steps. */
  private static double[] byDifferences(
      HypergradientEstimator estimator, Response[] responses, Inverse inverse) {
    try (Graph graph = new Graph();
        Session session = ImageChild.session(graph)) {
      ChildProgram<TFloat64> child =
          child(
              graph,
              session,
              TFloat64.class,
              OptimizerFamily.SGD,
              Optional.of(ImageChild.IMAGE),
              1,
              1,
              estimator);
      Weights weights = new Weights(session, Ops.create(graph), child);
      child.load();
      // So much decay that what is solved is positive definite, and terms of a series shrink.
      Candidate candidate =
          ImageChild.with(
              ImageChild.with(
                  candidate(SINGLE, OptimizerFamily.SGD), Hyperparameter.WEIGHT_DECAY, 2000),
              Hyperparameter.LEARNING_RATE,
              1e-4);
      child.initialise(3, candidate.optimizer());
      responses[0] = child.respond(candidate, 1, ONCE);
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
      return expected.stream().mapToDouble(Double::doubleValue).toArray();
    }
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

  @Test
  void train_architecture_lowersTheLoss() {
    try (Graph graph = new Graph();
        Session session = ImageChild.session(graph)) {
      ChildProgram<TFloat32> child =
          child(
              graph,
              session,
              TFloat32.class,
              OptimizerFamily.MOMENTUM,
              Optional.of(ImageChild.IMAGE),
              2,
              2,
              new Unrolled());
      child.load();
      Candidate pooling = candidate(POOLING, OptimizerFamily.MOMENTUM);
      Candidate mixed = candidate(MIXED, OptimizerFamily.MOMENTUM);
      child.initialise(3, pooling.optimizer());
      double loss = child.evaluate(pooling).loss();
      double other = child.evaluate(mixed).loss();
      for (int loop = 0; loop < 20; loop++) {
        assertThat(child.train(pooling, 1, ImageChild.ROWS, true, true, 0).applied()).isTrue();
      }
      assertThat(child.evaluate(pooling).loss()).isLessThan(0.8 * loss);
      // What is shared moved the others too.
      assertThat(child.evaluate(mixed).loss()).isNotEqualTo(other);
    }
  }

  @Test
  void constructor_rowsThatAreNoImages_areRefused() {
    try (Graph graph = new Graph();
        Session session = ImageChild.session(graph)) {
      assertThatThrownBy(
              () ->
                  child(
                      graph,
                      session,
                      TFloat32.class,
                      OptimizerFamily.SGD,
                      Optional.empty(),
                      1,
                      1,
                      new Unrolled()))
          .hasMessageContaining("rows of 20 columns are no images");
    }
  }

  private static <T extends TNumber> ChildProgram<T> child(
      Graph graph,
      Session session,
      Class<T> type,
      OptimizerFamily family,
      Optional<ImageShape> image,
      int blocks,
      int steps,
      HypergradientEstimator estimator) {
    return child(graph, session, type, family, image, blocks, steps, estimator, DROPOUT);
  }

  private static <T extends TNumber> ChildProgram<T> child(
      Graph graph,
      Session session,
      Class<T> type,
      OptimizerFamily family,
      Optional<ImageShape> image,
      int blocks,
      int steps,
      HypergradientEstimator estimator,
      CellRegularisation regularisation) {
    return ImageChild.child(
        graph,
        session,
        type,
        new MicroSpace(1, 2, blocks, ALL, regularisation),
        family,
        image,
        AugmentationSettings.none(),
        Range.fixed(0),
        steps,
        estimator);
  }

  private static Candidate candidate(String encoding, OptimizerFamily family) {
    return ImageChild.candidate(MicroArchitecture.parse(encoding), family);
  }
}
