package io.tandem.graph.hypergradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tandem.graph.inner.InnerProblem;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.inner.Sgd;
import io.tandem.space.Hyperparameter;
import io.tandem.testing.Doubles;
import io.tandem.testing.Oracles;
import io.tandem.testing.Sessions;
import io.tandem.testing.Tensors;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
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
 * Implicit hypergradients of a logistic regression must equal those that another system computed
 * from its exact Hessian.
 *
 * <p>The regression is brought to rest by Newton's method, whose step {@code H⁻¹ ∂L_T/∂w} is the
 * solver's solution for a problem that is validated on its training loss.
 */
class ImplicitOracleTest {
  /** The file's regression, its penalty a part of the training loss. */
  private static final class Regression<T extends TNumber> implements InnerProblem<T> {
    private final JsonNode file;
    private final Class<T> type;
    private final Operand<T> logPenalty;
    private final boolean validatedOnTraining;

    Regression(JsonNode file, Class<T> type, Operand<T> logPenalty, boolean validatedOnTraining) {
      this.file = file;
      this.type = type;
      this.logPenalty = logPenalty;
      this.validatedOnTraining = validatedOnTraining;
    }

    @Override
    public Operand<T> trainingLoss(Ops tf, List<Operand<T>> weights, Operand<TInt32> step) {
      Operand<T> penalty = tf.math.mul(tf.math.exp(logPenalty), tf.nn.l2Loss(weights.get(0)));
      return tf.math.add(loss(tf, weights, "train"), penalty);
    }

    @Override
    public Operand<T> validationLoss(Ops tf, List<Operand<T>> weights) {
      return validatedOnTraining
          ? trainingLoss(tf, weights, tf.constant(0))
          : loss(tf, weights, "validation");
    }

    private Operand<T> loss(Ops tf, List<Operand<T>> weights, String part) {
      JsonNode x = file.get(part + "_x");
      Shape shape = Shape.of(x.size(), x.get(0).size());
      Operand<T> input = Tensors.tensor(tf, Oracles.flat(x), shape, type);
      int[] labels = new int[x.size()];
      for (int row = 0; row < labels.length; row++) {
        labels[row] = file.get(part + "_y").get(row).asInt();
      }
      Operand<T> logits = tf.nn.biasAdd(tf.linalg.matMul(input, weights.get(0)), weights.get(1));
      return tf.math.mean(
          tf.nn.sparseSoftmaxCrossEntropyWithLogits(logits, tf.constant(labels)).loss(),
          tf.constant(0));
    }
  }

  @Test
  void build_float64_agreesWithReference() throws IOException {
    JsonNode file = Oracles.read("implicit_logistic.json");
    for (JsonNode reference : file.get("cases")) {
      try (Setting<TFloat64> setting = new Setting<>(file, reference, TFloat64.class)) {
        setting.train(1e-12, 1e-10);
        setting.solve(conjugateGradient(1e-10), reference, 1e-9, 1e-6);
        setting.solve(setting.neumann(), reference, 1e-8, 1e-6);
      }
    }
  }

  @Test
  void build_float32_agreesWithReference() throws IOException {
    JsonNode file = Oracles.read("implicit_logistic.json");
    for (JsonNode reference : file.get("cases")) {
      try (Setting<TFloat32> setting = new Setting<>(file, reference, TFloat32.class)) {
        setting.train(1e-6, 1e-4);
        setting.solve(conjugateGradient(1e-5), reference, 1e-4, 1e-3);
        setting.solve(setting.neumann(), reference, 1e-4, 1e-3);
      }
    }
  }

  private static ConjugateGradient conjugateGradient(double tolerance) {
    return new ConjugateGradient(new ResponseSettings.ConjugateGradient(20, 0, tolerance));
  }

  /** One case in one graph. Weights and the solver's start are fed as one vector. */
  private static final class Setting<T extends TNumber> implements AutoCloseable {
    private final JsonNode file;
    private final Class<T> type;
    private final Graph graph = new Graph();
    private final Session session = Sessions.unoptimized(graph);
    private final Ops tf = Ops.create(graph);
    private final int columns;
    private final int classes;
    private final int size;
    private final double logPenaltyValue;
    private final Operand<T> logPenalty;
    private final Placeholder<T> point;
    private double[] weights;

    Setting(JsonNode file, JsonNode reference, Class<T> type) {
      this.file = file;
      this.type = type;
      columns = file.get("train_x").get(0).size();
      classes = file.get("classes").asInt();
      size = (columns + 1) * classes;
      weights = new double[size];
      logPenaltyValue = reference.get("log_l2").asDouble();
      logPenalty = Tensors.scalar(tf, logPenaltyValue, type);
      point = tf.placeholder(type, Placeholder.shape(Shape.of(2L * size)));
    }

    /** A series that converges, nearly as fast as one can. */
    NeumannSeries neumann() {
      return new NeumannSeries(new ResponseSettings.Neumann(20, 1.9 / largestCurvature()));
    }

    /** The Hessian's largest eigenvalue at the weights, by power iteration in plain arithmetic. */
    private double largestCurvature() {
      int rows = file.get("train_x").size();
      double[] x = Oracles.flat(file.get("train_x"));
      double penalty = Math.exp(logPenaltyValue);
      double[] vector = new double[size];
      Arrays.setAll(vector, index -> Math.cos(index));
      double norm = 1;
      for (int iteration = 0; iteration < 50; iteration++) {
        double[] product = new double[size];
        for (int index = 0; index < columns * classes; index++) {
          product[index] = penalty * vector[index];
        }
        for (int row = 0; row < rows; row++) {
          double[] features = Arrays.copyOfRange(x, row * columns, (row + 1) * columns);
          double[] p = softmax(scores(features, weights));
          double[] change = scores(features, vector);
          double mean = 0;
          for (int k = 0; k < classes; k++) {
            mean += p[k] * change[k];
          }
          for (int k = 0; k < classes; k++) {
            double slope = p[k] * (change[k] - mean) / rows;
            for (int column = 0; column < columns; column++) {
              product[column * classes + k] += features[column] * slope;
            }
            product[columns * classes + k] += slope;
          }
        }
        norm = Math.sqrt(Arrays.stream(product).map(value -> value * value).sum());
        double length = norm;
        Arrays.setAll(vector, index -> product[index] / length);
      }
      return norm;
    }

    private double[] scores(double[] features, double[] matrixAndBias) {
      double[] scores = Arrays.copyOfRange(matrixAndBias, columns * classes, size);
      for (int column = 0; column < columns; column++) {
        for (int k = 0; k < classes; k++) {
          scores[k] += features[column] * matrixAndBias[column * classes + k];
        }
      }
      return scores;
    }

    private static double[] softmax(double[] scores) {
      double[] exponentials = Arrays.stream(scores).map(Math::exp).toArray();
      double sum = Arrays.stream(exponentials).sum();
      return Arrays.stream(exponentials).map(value -> value / sum).toArray();
    }

    private List<Operand<T>> part(int from) {
      Operand<T> matrix =
          tf.slice(
              point, tf.constant(new int[] {from}), tf.constant(new int[] {columns * classes}));
      Operand<T> bias =
          tf.slice(
              point,
              tf.constant(new int[] {from + columns * classes}),
              tf.constant(new int[] {classes}));
      return List.of(tf.reshape(matrix, tf.constant(new int[] {columns, classes})), bias);
    }

    private Hypergradient<T> build(HypergradientEstimator estimator, boolean onTraining) {
      OptimizerTensors<T> optimizer =
          new OptimizerTensors<>(
              tf.constant(0),
              Map.of(Hyperparameter.LEARNING_RATE, Tensors.scalar(tf, 1, type)),
              Tensors.scalar(tf, 1, type));
      return estimator.build(
          tf,
          new Regression<>(file, type, logPenalty, onTraining),
          new UnrolledInput<>(
              new Sgd(),
              InnerState.fresh(tf, part(0)),
              List.of(),
              new RestInput<>(optimizer, 0, null, part(size))),
          List.of(logPenalty));
    }

    /** Newton's method to a step of the wanted size. */
    void train(double stepSize, double tolerance) {
      Hypergradient<T> newton = build(conjugateGradient(tolerance), true);
      List<Operand<T>> solution = Objects.requireNonNull(newton.solver()).solution();
      double largest = 1;
      for (int iteration = 0; iteration < 200 && largest > stepSize; iteration++) {
        double[] both = new double[2 * size];
        System.arraycopy(weights, 0, both, 0, size);
        List<double[]> step = run(both, solution);
        double[] moved = weights.clone();
        largest = 0;
        for (int index = 0; index < size; index++) {
          double[] values = step.get(index < columns * classes ? 0 : 1);
          double change = values[index < columns * classes ? index : index - columns * classes];
          moved[index] -= change;
          largest = Math.max(largest, Math.abs(change));
        }
        weights = moved;
      }
    }

    /** Solves, beginning again from the solution until little enough is left over. */
    void solve(
        HypergradientEstimator estimator, JsonNode reference, double residual, double relative) {
      Hypergradient<T> result = build(estimator, false);
      SolverReport<T> report = Objects.requireNonNull(result.solver());
      List<Operand<T>> fetches =
          List.of(
              report.solution().get(0),
              report.solution().get(1),
              report.residual(),
              result.response().get(0),
              result.direct().get(0),
              result.lossAfter());
      double[] both = new double[2 * size];
      System.arraycopy(weights, 0, both, 0, size);
      List<double[]> values = run(both, fetches);
      for (int again = 0; again < 3000 && values.get(2)[0] > residual; again++) {
        System.arraycopy(values.get(0), 0, both, size, columns * classes);
        System.arraycopy(values.get(1), 0, both, size + columns * classes, classes);
        values = run(both, fetches);
      }
      assertThat(values.get(2)[0]).isLessThanOrEqualTo(residual);
      double expected = reference.get("hypergradient_log_l2").asDouble();
      assertThat(values.get(3)[0]).isCloseTo(expected, within(relative * Math.abs(expected)));
      assertThat(values.get(4)[0]).isZero();
      double loss = reference.get("validation_loss").asDouble();
      assertThat(values.get(5)[0]).isCloseTo(loss, within(relative * loss));
    }

    private List<double[]> run(double[] values, List<Operand<T>> fetches) {
      try (Tensor tensor = narrow(values)) {
        return Doubles.fetch(session.runner().feed(point, tensor), fetches);
      }
    }

    private Tensor narrow(double[] values) {
      if (type.equals(TFloat64.class)) {
        return TFloat64.tensorOf(Shape.of(values.length), DataBuffers.of(values));
      }
      float[] floats = new float[values.length];
      for (int index = 0; index < values.length; index++) {
        floats[index] = (float) values[index];
      }
      return TFloat32.tensorOf(Shape.of(floats.length), DataBuffers.of(floats));
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }
}
