package io.tandem.bench;

import io.tandem.graph.core.Precision;
import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.graph.gradient.Gradients;
import io.tandem.graph.hypergradient.Hypergradient;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.hypergradient.RestInput;
import io.tandem.graph.hypergradient.UnrolledInput;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.inner.Sgd;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.space.Hyperparameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Time of implicit hypergradients against the products with the Hessian that they are made of, and
 * of such a product against a gradient, taking turns in one process.
 */
public final class ImplicitBench {
  private static final String WORKLOAD = "mlp-784-256-256-10 batch 128, implicit";
  private static final int PRODUCTS = 20;
  private static final double DAMPING = 10;

  private ImplicitBench() {}

  /**
   * Measures and prints one JSON line per figure.
   *
   * @param arguments optionally the number of rounds
   */
  public static void main(String[] arguments) {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
    GradientRegistry.install();
    RuntimeSettings runtime = new RuntimeSettings(Device.CPU, 0, 0, true, Precision.FLOAT32);
    try (Graph graph = new Graph();
        Session session = new Session(graph, SessionConfig.of(runtime))) {
      Ops tf = Ops.create(graph);
      PerceptronSetting setting = new PerceptronSetting(tf);
      ReluPerceptron problem = new ReluPerceptron(setting);
      List<Operand<TFloat32>> gradient =
          Gradients.of(
              tf, problem.trainingLoss(tf, setting.weights, tf.constant(0)), setting.weights);
      List<Operand<TFloat32>> inner =
          Gradients.of(
              tf, problem.trainingLoss(tf, setting.weights, tf.constant(0)), setting.weights);
      // The weights serve as the vector: any of their shapes does.
      List<Operand<TFloat32>> product =
          Gradients.product(tf, inner, setting.weights, setting.weights);
      // Damping beyond the largest negative curvature of the batch, so that no iteration is saved.
      Hypergradient<TFloat32> conjugate =
          implicit(tf, setting, new ResponseSettings.ConjugateGradient(PRODUCTS, DAMPING, 0));
      Hypergradient<TFloat32> neumann =
          implicit(tf, setting, new ResponseSettings.Neumann(PRODUCTS, 0.01));
      setting.initialize(session);

      List<List<Operand<TFloat32>>> works =
          List.of(gradient, product, conjugate.response(), neumann.response());
      double[][] times = new double[works.size()][rounds];
      for (int round = -10; round < rounds; round++) {
        for (int work = 0; work < works.size(); work++) {
          double time = time(session, setting, works.get(work));
          if (round >= 0) {
            times[work][round] = time;
          }
        }
      }
      print("gradient", "ms", times[0]);
      print("Hessian-vector product", "ms", times[1]);
      print("conjugate gradient, 20 iterations", "ms", times[2]);
      print("Neumann, 20 terms", "ms", times[3]);
      print("product to gradient", "1", ratios(times[1], times[0], 1));
      print("conjugate gradient to 20 products", "1", ratios(times[2], times[1], PRODUCTS));
      print("Neumann to 20 products", "1", ratios(times[3], times[1], PRODUCTS));
      print("conjugate gradient, products", "1", products(session, setting, conjugate));
      print("Neumann, products", "1", products(session, setting, neumann));
    }
  }

  private static Hypergradient<TFloat32> implicit(
      Ops tf, PerceptronSetting setting, ResponseSettings settings) {
    OptimizerTensors<TFloat32> optimizer =
        new OptimizerTensors<>(
            tf.constant(0),
            Map.of(
                Hyperparameter.LEARNING_RATE, tf.constant(0.05f),
                Hyperparameter.WEIGHT_DECAY, tf.math.exp(setting.logWeightDecay)),
            tf.constant(1f));
    return HypergradientEstimator.of(settings)
        .build(
            tf,
            new ReluPerceptron(setting),
            new UnrolledInput<>(
                new Sgd(),
                InnerState.fresh(tf, setting.weights),
                List.of(),
                RestInput.of(optimizer, 0)),
            List.of(setting.logWeightDecay));
  }

  private static double[] products(
      Session session, PerceptronSetting setting, Hypergradient<TFloat32> hypergradient) {
    Operand<TInt32> iterations =
        java.util.Objects.requireNonNull(hypergradient.solver()).iterations();
    try (TFloat32 decay = TFloat32.scalarOf(-6f);
        var result = session.runner().feed(setting.logWeightDecay, decay).fetch(iterations).run()) {
      return new double[] {((TInt32) result.get(0)).getInt()};
    }
  }

  private static double[] ratios(double[] times, double[] unit, int count) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < times.length; round++) {
      ratios.add(times[round] / (count * unit[round]));
    }
    return ratios.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double time(
      Session session, PerceptronSetting setting, List<Operand<TFloat32>> work) {
    long start = System.nanoTime();
    try (TFloat32 decay = TFloat32.scalarOf(-6f)) {
      Session.Runner runner = session.runner().feed(setting.logWeightDecay, decay);
      work.forEach(runner::addTarget);
      runner.run().close();
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static void print(String figure, String unit, double[] values) {
    System.out.println(Figure.of(WORKLOAD, figure, unit, values).json());
  }
}
