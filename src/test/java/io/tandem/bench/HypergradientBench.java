package io.tandem.bench;

import io.tandem.graph.core.Precision;
import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.hypergradient.UnrolledInput;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.Momentum;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.space.Hyperparameter;
import io.tandem.testing.Doubles;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Time of an unrolled hypergradient against a hand-written graph in the same process. */
public final class HypergradientBench {
  private static final String WORKLOAD = "mlp-784-256-256-10 batch 128, 5 momentum steps";

  private HypergradientBench() {}

  /**
   * Measures and prints one JSON line per figure.
   *
   * @param arguments optionally the number of runs
   */
  public static void main(String[] arguments) {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    GradientRegistry.install();
    RuntimeSettings runtime = new RuntimeSettings(Device.CPU, 0, 0, true, Precision.FLOAT32);
    try (Graph ours = new Graph();
        Graph plain = new Graph();
        Session ourSession = new Session(ours, SessionConfig.of(runtime));
        Session plainSession = new Session(plain)) {
      Ops tf = Ops.create(ours);
      PerceptronSetting ourSetting = new PerceptronSetting(tf);
      List<Operand<TFloat32>> ourGradient = unrolled(tf, ourSetting);
      ourSetting.initialize(ourSession);
      Ops plainTf = Ops.create(plain);
      PerceptronSetting plainSetting = new PerceptronSetting(plainTf);
      List<Operand<TFloat32>> plainGradient = HandWritten.build(plain, plainTf, plainSetting);
      plainSetting.initialize(plainSession);

      double[] ourTimes = new double[runs];
      double[] plainTimes = new double[runs];
      double[] ratios = new double[runs];
      double first = time(ourSession, ourSetting, ourGradient);
      double plainFirst = time(plainSession, plainSetting, plainGradient);
      agree(
          fetch(ourSession, ourSetting, ourGradient),
          fetch(plainSession, plainSetting, plainGradient));
      for (int run = -20; run < runs; run++) {
        double ourTime = time(ourSession, ourSetting, ourGradient);
        double plainTime = time(plainSession, plainSetting, plainGradient);
        if (run >= 0) {
          ourTimes[run] = ourTime;
          plainTimes[run] = plainTime;
          ratios[run] = ourTime / plainTime;
        }
      }
      print(Figure.of(WORKLOAD, "first run", "ms", new double[] {first}));
      print(Figure.of(WORKLOAD, "first run, hand-written", "ms", new double[] {plainFirst}));
      print(Figure.of(WORKLOAD, "hypergradient", "ms", ourTimes));
      print(Figure.of(WORKLOAD, "hypergradient, hand-written", "ms", plainTimes));
      print(Figure.of(WORKLOAD, "ratio to hand-written", "1", ratios));
    }
  }

  private static List<Operand<TFloat32>> unrolled(Ops tf, PerceptronSetting setting) {
    OptimizerTensors<TFloat32> optimizer =
        new OptimizerTensors<>(
            tf.constant(0),
            Map.of(
                Hyperparameter.LEARNING_RATE, tf.math.exp(setting.logLearningRate),
                Hyperparameter.MOMENTUM, setting.momentum,
                Hyperparameter.WEIGHT_DECAY, tf.math.exp(setting.logWeightDecay)),
            tf.constant(1f));
    return new Unrolled()
        .build(
            tf,
            new ReluPerceptron(setting),
            new UnrolledInput<>(
                new Momentum(),
                InnerState.fresh(tf, setting.weights),
                Collections.nCopies(PerceptronSetting.STEPS, optimizer)),
            List.of(setting.logLearningRate, setting.momentum, setting.logWeightDecay))
        .response();
  }

  static double time(Session session, PerceptronSetting setting, List<Operand<TFloat32>> gradient) {
    long start = System.nanoTime();
    fetch(session, setting, gradient);
    return (System.nanoTime() - start) / 1e6;
  }

  private static List<double[]> fetch(
      Session session, PerceptronSetting setting, List<Operand<TFloat32>> gradient) {
    try (TFloat32 rate = TFloat32.scalarOf(-3f);
        TFloat32 momentum = TFloat32.scalarOf(0.9f);
        TFloat32 decay = TFloat32.scalarOf(-6f)) {
      return Doubles.fetch(
          session
              .runner()
              .feed(setting.logLearningRate, rate)
              .feed(setting.momentum, momentum)
              .feed(setting.logWeightDecay, decay),
          gradient);
    }
  }

  private static void agree(List<double[]> ours, List<double[]> plain) {
    for (int index = 0; index < ours.size(); index++) {
      double difference = Math.abs(ours.get(index)[0] - plain.get(index)[0]);
      if (!(difference <= 1e-3 * Math.abs(plain.get(index)[0]) + 1e-6)) {
        throw new IllegalStateException(
            "gradients differ: " + ours.get(index)[0] + " and " + plain.get(index)[0]);
      }
    }
  }

  private static void print(Figure figure) {
    System.out.println(figure.json());
  }
}
