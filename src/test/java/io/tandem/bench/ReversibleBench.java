package io.tandem.bench;

import io.tandem.graph.core.Precision;
import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.graph.gradient.Gradients;
import io.tandem.graph.hypergradient.reversible.BufferUse;
import io.tandem.graph.hypergradient.reversible.MomentumRule;
import io.tandem.graph.hypergradient.reversible.MomentumSchedule;
import io.tandem.graph.hypergradient.reversible.Reversible;
import io.tandem.graph.hypergradient.reversible.ReversibleGradient;
import io.tandem.graph.hypergradient.reversible.ReversibleInput;
import io.tandem.graph.hypergradient.reversible.TrainedVariable;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.testing.Doubles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Time of a reversible hypergradient against as many plain training steps and Hessian-vector
 * products in the same process, its memory, and the bits that it stores.
 */
public final class ReversibleBench {
  private static final String WORKLOAD = "mlp-784-256-256-10 batch 128, reversible, T = ";
  private static final RuntimeSettings RUNTIME =
      new RuntimeSettings(Device.CPU, 0, 0, true, Precision.FLOAT32);

  private ReversibleBench() {}

  /**
   * Measures and prints one JSON line per figure.
   *
   * @param arguments optionally the number of runs
   */
  public static void main(String[] arguments) throws IOException {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    GradientRegistry.install();
    try (Graph ours = new Graph();
        Graph plain = new Graph();
        Session ourSession = new Session(ours, SessionConfig.ofBranches(RUNTIME));
        Session plainSession = new Session(plain, SessionConfig.of(RUNTIME))) {
      Ops tf = Ops.create(ours);
      PerceptronSetting setting = new PerceptronSetting(tf);
      List<TrainedVariable> variables = new ArrayList<>();
      for (int index = 0; index < setting.weights.size(); index++) {
        variables.add(
            new TrainedVariable("weights" + index, setting.weights.get(index).shape(), index / 2));
      }
      Reversible<TFloat32> reversible =
          new Reversible<>(
              tf,
              new ReversibleInput<>(
                  new ReluPerceptron(setting),
                  TFloat32.class,
                  variables,
                  List.of(),
                  MomentumRule.HEAVY_BALL));
      setting.initialize(ourSession);
      List<double[]> start = Doubles.fetch(ourSession.runner(), setting.weights);
      PlainTraining reference = new PlainTraining(Ops.create(plain), plainSession);
      run(reversible, ourSession, start, 10, 0.9);
      reference.train(10);
      reference.curvature(10);
      for (int steps : new int[] {100, 1000}) {
        measure(reversible, ourSession, start, reference, steps, runs);
      }
      for (double momentum : new double[] {0.5, 0.9, 0.98}) {
        bits(reversible, ourSession, start, momentum);
      }
    }
  }

  private static void measure(
      Reversible<TFloat32> reversible,
      Session session,
      List<double[]> start,
      PlainTraining reference,
      int steps,
      int runs)
      throws IOException {
    double[] ours = new double[runs];
    double[] training = new double[runs];
    double[] curvature = new double[runs];
    double[] ratios = new double[runs];
    double[] processor = new double[runs];
    ReversibleGradient last = null;
    for (int run = 0; run < runs; run++) {
      Instant begin = Instant.now();
      last = run(reversible, session, start, steps, 0.9);
      Instant middle = Instant.now();
      reference.train(steps);
      Instant later = Instant.now();
      reference.curvature(steps);
      Instant end = Instant.now();
      ours[run] = begin.to(middle).wall() / steps;
      training[run] = middle.to(later).wall() / steps;
      curvature[run] = later.to(end).wall() / steps;
      ratios[run] = ours[run] / (training[run] + curvature[run]);
      processor[run] = begin.to(middle).processor() / middle.to(end).processor();
    }
    print(steps, "per step", "ms", ours);
    print(steps, "plain training step", "ms", training);
    print(steps, "Hessian-vector product", "ms", curvature);
    print(steps, "ratio to step and product", "1", ratios);
    print(steps, "the same in processor time", "1", processor);
    print(steps, "resident memory, most so far", "MB", new double[] {peak()});
    double held = 0;
    for (BufferUse use : last == null ? List.<BufferUse>of() : last.buffer()) {
      held += 4.0 * use.spilledWords() * use.bitLengths().length / (1 << 20);
    }
    print(steps, "spilled information", "MB", new double[] {held});
  }

  /** Time on the clock and of the processor, in ms; the second does not see other programs. */
  private record Instant(double wall, double processor) {
    static Instant now() {
      Duration used = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
      return new Instant(System.nanoTime() / 1e6, used.toNanos() / 1e6);
    }

    Instant to(Instant later) {
      return new Instant(later.wall() - wall, later.processor() - processor);
    }
  }

  private static void bits(
      Reversible<TFloat32> reversible, Session session, List<double[]> start, double momentum) {
    int steps = 1000;
    double wanted = -Math.log(momentum) / Math.log(2);
    ReversibleGradient whole = run(reversible, session, start, steps, momentum);
    double half = run(reversible, session, start, steps / 2, momentum).bufferBits();
    String figure = "momentum " + momentum + ", to log2(1/momentum): ";
    double[] information = {whole.informationBits() / steps / wanted};
    double[] stored = {whole.bufferBits() / steps / wanted};
    double[] later = {(whole.bufferBits() - half) / (steps - steps / 2) / wanted};
    print(steps, figure + "information per weight and step", "1", information);
    print(steps, figure + "stored bits per weight and step", "1", stored);
    print(steps, figure + "stored bits of the second half", "1", later);
  }

  private static ReversibleGradient run(
      Reversible<TFloat32> reversible,
      Session session,
      List<double[]> start,
      int steps,
      double momentum) {
    return reversible.gradient(
        session, start, MomentumSchedule.constant(steps, 3, 0.001, momentum, 1e-4), runner -> {});
  }

  // Linux counts it; elsewhere the figure is 0.
  private static double peak() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  private static void print(int steps, String figure, String unit, double[] values) {
    System.out.println(Figure.of(WORKLOAD + steps, figure, unit, values).json());
  }

  /** Training steps and Hessian-vector products as one would do them without any hypergradient. */
  private static final class PlainTraining {
    private final Session session;
    private final Placeholder<TInt32> step;
    private final List<Op> updates = new ArrayList<>();
    private final List<Operand<TFloat32>> products;

    PlainTraining(Ops tf, Session session) {
      this.session = session;
      PerceptronSetting setting = new PerceptronSetting(tf);
      step = tf.placeholder(TInt32.class);
      Operand<TFloat32> loss = new ReluPerceptron(setting).trainingLoss(tf, setting.weights, step);
      List<Operand<TFloat32>> gradients = Gradients.of(tf, loss, setting.weights);
      List<Operand<TFloat32>> vectors = new ArrayList<>();
      List<Operand<TFloat32>> parts = new ArrayList<>();
      List<Operand<TFloat32>> next = new ArrayList<>();
      List<Variable<TFloat32>> velocities = new ArrayList<>();
      for (int index = 0; index < gradients.size(); index++) {
        Operand<TFloat32> weight = setting.weights.get(index);
        Variable<TFloat32> velocity = tf.variable(weight.shape(), TFloat32.class);
        velocities.add(velocity);
        session
            .runner()
            .addTarget(tf.assign(velocity, tf.zeros(constant(tf, weight), TFloat32.class)))
            .run()
            .close();
        Operand<TFloat32> pull =
            tf.math.add(gradients.get(index), tf.math.mul(tf.constant(1e-4f), weight));
        next.add(
            tf.math.sub(
                tf.math.mul(tf.constant(0.9f), velocity), tf.math.mul(tf.constant(0.001f), pull)));
        vectors.add(weight);
        parts.add(
            tf.sum(
                tf.reshape(
                    tf.math.mul(gradients.get(index), tf.stopGradient(weight)),
                    tf.constant(new int[] {-1})),
                tf.constant(0)));
      }
      // All is read before anything is written.
      Ops after = tf.withControlDependencies(List.copyOf(next));
      for (int index = 0; index < next.size(); index++) {
        updates.add(after.assign(velocities.get(index), next.get(index)));
        if (setting.weights.get(index) instanceof Variable<TFloat32> variable) {
          updates.add(after.assignAdd(variable, next.get(index)));
        }
      }
      products = Gradients.of(tf, tf.math.addN(parts), vectors);
      setting.initialize(session);
    }

    void train(int steps) {
      run(steps, updates);
    }

    void curvature(int steps) {
      run(steps, products);
    }

    private void run(int steps, List<? extends Op> targets) {
      for (int number = 0; number < steps; number++) {
        try (TInt32 now = TInt32.scalarOf(number)) {
          Session.Runner runner = session.runner().feed(step, now);
          targets.forEach(runner::addTarget);
          runner.run().close();
        }
      }
    }

    private static Operand<TInt32> constant(Ops tf, Operand<TFloat32> like) {
      long[] sizes = like.shape().asArray();
      int[] dimensions = new int[sizes.length];
      for (int index = 0; index < sizes.length; index++) {
        dimensions[index] = Math.toIntExact(sizes[index]);
      }
      return tf.constant(dimensions);
    }
  }
}
