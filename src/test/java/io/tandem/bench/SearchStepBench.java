package io.tandem.bench;

import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.core.Device;
import io.tandem.graph.core.Placement;
import io.tandem.graph.core.Precision;
import io.tandem.graph.core.RuntimeSettings;
import io.tandem.graph.core.SessionConfig;
import io.tandem.graph.hypergradient.NoResponse;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.joint.ArchitectureGradient;
import io.tandem.graph.joint.ChildProgram;
import io.tandem.graph.joint.JointSettings;
import io.tandem.graph.joint.ResponseThrough;
import io.tandem.graph.joint.Rows;
import io.tandem.graph.training.NetworkTraining;
import io.tandem.space.Activation;
import io.tandem.space.Candidate;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.OptimizerSpace;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.PerceptronSpace;
import io.tandem.space.Schedule;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * Time of a training step of the shared child against the dedicated graph of the same architecture,
 * over ten random architectures in one process.
 */
public final class SearchStepBench {
  private static final int FEATURES = 784;
  private static final int BATCH = 128;
  private static final int ROWS = 4096;
  private static final String WORKLOAD =
      "shared perceptron, 784 features, 3 layers of 128 to 1024 units, batch 128, momentum";

  private SearchStepBench() {}

  /**
   * Measures and prints one JSON line per figure.
   *
   * @param arguments optionally the number of runs per architecture
   */
  public static void main(String[] arguments) {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
    RuntimeSettings runtime = new RuntimeSettings(Device.CPU, 0, 0, true, Precision.FLOAT32);
    InnerSettings inner = new InnerSettings(1, 0.999, 1e-8);
    PerceptronSpace networks =
        new PerceptronSpace(
            3,
            List.of(128, 256, 512, 1024),
            List.of(Activation.values()),
            List.of(0.0, 0.1, 0.2),
            true);
    SearchSpace space = new SearchSpace(networks, OptimizerSpace.fixed(optimizer()));
    Inputs data = Inputs.of(data());
    List<Double> ratios = new ArrayList<>();
    List<Double> shared = new ArrayList<>();
    try (Graph graph = new Graph();
        Session session = new Session(graph, SessionConfig.ofBranches(runtime))) {
      ChildProgram<TFloat32> child =
          new ChildProgram<>(
              graph,
              session,
              Placement.cpu(),
              TFloat32.class,
              space,
              data,
              data,
              AugmentationSettings.none(),
              new FamilySwitch(space.optimizer().families(), inner),
              inner,
              new NoResponse(),
              new JointSettings(ResponseThrough.SAMPLE, ArchitectureGradient.SCORE));
      child.load();
      child.initialise(1, optimizer());
      SplittableRandom random = new SplittableRandom(1);
      for (int architecture = 0; architecture < 10; architecture++) {
        Candidate candidate = new Candidate(draw(networks, random), optimizer());
        try (NetworkTraining dedicated =
            new NetworkTraining(
                new PerceptronNetwork(candidate.architecture().perceptron(), FEATURES, 10),
                candidate.optimizer(),
                inner,
                1,
                data,
                AugmentationSettings.none(),
                runtime)) {
          double[] ours = new double[runs];
          double[] theirs = new double[runs];
          for (int run = -10; run < runs; run++) {
            // Each has rows of its own, and each goes first in turn: none finds the other's data in
            // the caches.
            int[] rows = rows(random);
            int[] others = rows(random);
            int step = run;
            Runnable shares =
                () ->
                    child.train(
                        candidate, 1, new Rows(new int[][] {rows}, rows, 1, step), false, false, 0);
            Runnable alone = () -> dedicated.step(others, step, 1);
            double first = time(run % 2 == 0 ? shares : alone);
            double second = time(run % 2 == 0 ? alone : shares);
            double mine = run % 2 == 0 ? first : second;
            double its = run % 2 == 0 ? second : first;
            if (run >= 0) {
              ours[run] = mine;
              theirs[run] = its;
            }
          }
          double median = Figure.of(WORKLOAD, "", "", ours).median();
          shared.add(median);
          ratios.add(median / Figure.of(WORKLOAD, "", "", theirs).median());
        }
      }
    }
    print("step", "ms", shared);
    print("ratio to the dedicated graph", "1", ratios);
  }

  /** Milliseconds. */
  private static double time(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e6;
  }

  private static void print(String figure, String unit, List<Double> values) {
    double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
    System.out.println(Figure.of(WORKLOAD, figure, unit, array).json());
  }

  private static PerceptronArchitecture draw(PerceptronSpace space, SplittableRandom random) {
    List<PerceptronArchitecture.Layer> layers = new ArrayList<>();
    for (int layer = 0; layer < space.layers(); layer++) {
      List<Integer> skips = new ArrayList<>();
      for (int earlier = 0; earlier < layer; earlier++) {
        if (random.nextBoolean()) {
          skips.add(earlier);
        }
      }
      layers.add(
          new PerceptronArchitecture.Layer(
              space.units().get(random.nextInt(space.units().size())),
              space.activations().get(random.nextInt(space.activations().size())),
              space.dropouts().get(random.nextInt(space.dropouts().size())),
              skips));
    }
    return new PerceptronArchitecture(layers);
  }

  private static OptimizerSettings optimizer() {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      values.put(hyperparameter, 0.0);
    }
    values.put(Hyperparameter.LEARNING_RATE, 1e-3);
    values.put(Hyperparameter.MOMENTUM, 0.9);
    values.put(Hyperparameter.WEIGHT_DECAY, 1e-4);
    values.put(Hyperparameter.CLIP_NORM, 5.0);
    values.put(Hyperparameter.INITIAL_SCALE, 1.0);
    return new OptimizerSettings(OptimizerFamily.MOMENTUM, Schedule.CONSTANT, values);
  }

  private static int[] rows(SplittableRandom random) {
    return random.ints(BATCH, 0, ROWS).toArray();
  }

  private static Dataset data() {
    SplittableRandom random = new SplittableRandom(2);
    float[] features = new float[ROWS * FEATURES];
    for (int index = 0; index < features.length; index++) {
      features[index] = (float) random.nextDouble();
    }
    List<String> names = new ArrayList<>();
    for (int column = 0; column < FEATURES; column++) {
      names.add("x" + column);
    }
    List<String> classes = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    return new Dataset(features, FEATURES, random.ints(ROWS, 0, 10).toArray(), classes, names);
  }
}
