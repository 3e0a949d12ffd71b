package io.tandem.bench;

import io.tandem.graph.core.Precision;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.hypergradient.UnrolledInput;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.Momentum;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.space.Hyperparameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Time and peak memory of unrolled hypergradients over 1, 5 and 20 steps, with activations kept and
 * recomputed; each in a process of its own, whose peak the kernel counts.
 */
public final class UnrolledBench {
  private UnrolledBench() {}

  /**
   * Measures and prints one JSON line per figure.
   *
   * @param arguments optionally the number of runs; then steps and {@code kept} or {@code
   *     recomputed} for one measurement in this process
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String runs = arguments.length > 0 ? arguments[0] : "50";
    if (arguments.length == 3) {
      measure(
          Integer.parseInt(runs),
          Integer.parseInt(arguments[1]),
          arguments[2].equals("recomputed"));
      return;
    }
    for (String steps : List.of("1", "5", "20")) {
      for (String mode : List.of("kept", "recomputed")) {
        int code =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    UnrolledBench.class.getName(),
                    runs,
                    steps,
                    mode)
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
          throw new IllegalStateException("the measurement of " + steps + " steps failed");
        }
      }
    }
  }

  private static void measure(int runs, int steps, boolean recompute) throws IOException {
    String workload =
        "mlp-784-256-256-10 batch 128, "
            + steps
            + " momentum steps, activations "
            + (recompute ? "recomputed" : "kept");
    RuntimeSettings runtime = new RuntimeSettings(Device.CPU, 0, 0, true, Precision.FLOAT32);
    try (Graph graph = new Graph();
        Session session = new Session(graph, SessionConfig.of(runtime))) {
      Ops tf = Ops.create(graph);
      PerceptronSetting setting = new PerceptronSetting(tf);
      OptimizerTensors<TFloat32> optimizer =
          new OptimizerTensors<>(
              tf.constant(0),
              Map.of(
                  Hyperparameter.LEARNING_RATE, tf.math.exp(setting.logLearningRate),
                  Hyperparameter.MOMENTUM, setting.momentum,
                  Hyperparameter.WEIGHT_DECAY, tf.math.exp(setting.logWeightDecay)),
              tf.constant(1f));
      List<Operand<TFloat32>> gradient =
          new Unrolled(new ResponseSettings.Unrolled(0, recompute))
              .build(
                  tf,
                  new ReluPerceptron(setting),
                  new UnrolledInput<>(
                      new Momentum(),
                      InnerState.fresh(tf, setting.weights),
                      Collections.nCopies(steps, optimizer)),
                  List.of(setting.logLearningRate, setting.momentum, setting.logWeightDecay))
              .response();
      setting.initialize(session);
      double before = Memory.of("VmRSS");
      double[] times = new double[runs];
      for (int run = -5; run < runs; run++) {
        double time = HypergradientBench.time(session, setting, gradient);
        if (run >= 0) {
          times[run] = time;
        }
      }
      double peak = Memory.of("VmHWM");
      System.out.println(Figure.of(workload, "hypergradient", "ms", times).json());
      System.out.println(Figure.of(workload, "peak memory", "MiB", new double[] {peak}).json());
      System.out.println(
          Figure.of(workload, "peak memory beyond the graph", "MiB", new double[] {peak - before})
              .json());
    }
  }
}
