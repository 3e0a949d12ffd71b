package io.tandem.bench;

import io.tandem.data.Dataset;
import io.tandem.data.ImageShape;
import io.tandem.data.Inputs;
import io.tandem.data.Values;
import io.tandem.graph.core.Precision;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.joint.ArchitectureGradient;
import io.tandem.graph.joint.ChildProgram;
import io.tandem.graph.joint.JointSettings;
import io.tandem.graph.joint.ResponseThrough;
import io.tandem.graph.joint.child.Rows;
import io.tandem.graph.joint.response.Response;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.Placement;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.graph.training.NetworkTraining;
import io.tandem.run.task.ChosenNetwork;
import io.tandem.space.Activation;
import io.tandem.space.ArchitectureSpace;
import io.tandem.space.Candidate;
import io.tandem.space.CellOperation;
import io.tandem.space.CellRegularisation;
import io.tandem.space.ConvolutionOperation;
import io.tandem.space.Decision;
import io.tandem.space.Filters;
import io.tandem.space.Hyperparameter;
import io.tandem.space.MacroSpace;
import io.tandem.space.MicroSpace;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.OptimizerSpace;
import io.tandem.space.PerceptronSpace;
import io.tandem.space.Range;
import io.tandem.space.Schedule;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * A space of networks on data of their kind, with random values.
 *
 * @param text what it is
 * @param space the networks
 * @param data the rows, in training and in validation
 * @param batch rows of a batch
 */
record SharedWorkload(String text, ArchitectureSpace space, Inputs data, int batch) {
  private static final RuntimeSettings RUNTIME =
      new RuntimeSettings(Device.CPU, 0, 0, true, Precision.FLOAT32);
  private static final List<String> CLASSES =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  private static final int ROWS = 4096;
  private static final int IMAGES = 1024;

  /**
   * A workload by its name.
   *
   * @param name {@code perceptron}, {@code macro}, {@code macro6} or {@code micro}
   * @param batch rows of a batch; 0 for those of the workload
   */
  static SharedWorkload of(String name, int batch) {
    List<ConvolutionOperation> operations = List.of(ConvolutionOperation.values());
    return switch (name) {
      case "perceptron" ->
          new SharedWorkload(
              "shared perceptron, 784 features, 3 layers of 128 to 1024 units, momentum",
              new PerceptronSpace(
                  3,
                  List.of(128, 256, 512, 1024),
                  List.of(Activation.values()),
                  List.of(0.0, 0.1, 0.2),
                  true),
              Inputs.of(table()),
              batch == 0 ? 128 : batch);
      case "macro" ->
          new SharedWorkload(
              "shared macro network, 32 x 32 x 3, 12 layers, 36 filters, momentum",
              new MacroSpace(12, new Filters(36), operations, true, 0.1),
              Inputs.of(images()),
              batch == 0 ? 64 : batch);
      case "macro6" ->
          new SharedWorkload(
              "shared macro network, 32 x 32 x 3, 6 layers, 24 filters, momentum",
              new MacroSpace(6, new Filters(24), operations, true, 0.1),
              Inputs.of(images()),
              batch == 0 ? 32 : batch);
      case "micro" ->
          new SharedWorkload(
              "shared micro network, 32 x 32 x 3, 6 + 2 cells of 5 blocks, 20 filters, momentum",
              new MicroSpace(
                  6, 20, 5, List.of(CellOperation.values()), CellRegularisation.dropout(0.1)),
              Inputs.of(images()),
              batch == 0 ? 64 : batch);
      default -> throw new IllegalArgumentException(name + " is no workload");
    };
  }

  /** A candidate with an architecture that is drawn uniformly. */
  Candidate draw(SplittableRandom random) {
    List<Integer> drawn = new ArrayList<>();
    for (Decision decision : space.decisions()) {
      for (int place = 0; place < decision.width(); place++) {
        int options =
            decision instanceof Decision.Categorical categorical ? categorical.options() : 2;
        drawn.add(random.nextInt(options));
      }
    }
    return new Candidate(space.decode(drawn.iterator()), optimizer());
  }

  /** Rows of a batch. */
  int[] rows(SplittableRandom random) {
    return random.ints(batch, 0, data.rows()).toArray();
  }

  /** The training of a candidate's own network. */
  NetworkTraining dedicated(Candidate candidate) {
    return dedicated(candidate, data, AugmentationSettings.none());
  }

  /** The same on other rows of the same form, which are changed at full strength. */
  NetworkTraining dedicated(Candidate candidate, Inputs rows, AugmentationSettings augmentation) {
    Map<Hyperparameter, Double> values = new EnumMap<>(candidate.optimizer().values());
    values.put(Hyperparameter.AUGMENTATION, augmentation.isNone() ? 0.0 : 1.0);
    return new NetworkTraining(
        ChosenNetwork.of(space, candidate.architecture(), rows.examples()),
        new OptimizerSettings(OptimizerFamily.MOMENTUM, Schedule.CONSTANT, values),
        inner(1),
        1,
        rows,
        augmentation,
        RUNTIME);
  }

  /** The rows as numbers that need no reading. */
  Inputs finished() {
    Dataset bytes = data.examples();
    return Inputs.of(
        new Dataset(
            new Values.Floats(bytes.features()),
            bytes.columns(),
            bytes.labels(),
            bytes.classes(),
            bytes.featureNames(),
            bytes.image()));
  }

  /**
   * The shared child with initial weights.
   *
   * @param steps inner steps
   * @param estimator of the response
   * @param searched whether learning rate and momentum are searched, not fixed
   */
  Child child(int steps, HypergradientEstimator estimator, boolean searched) {
    return new Child(this, steps, estimator, searched);
  }

  private static InnerSettings inner(int steps) {
    return new InnerSettings(steps, 0.999, 1e-8);
  }

  /** The shared child in a graph of its own. */
  static final class Child implements AutoCloseable {
    private final Graph graph = new Graph();
    private final Session session;
    private final ChildProgram<TFloat32> program;
    private final int steps;

    private Child(
        SharedWorkload workload, int steps, HypergradientEstimator estimator, boolean searched) {
      this.steps = steps;
      session = new Session(graph, SessionConfig.ofBranches(RUNTIME));
      OptimizerSpace optimizers = searched ? searched() : OptimizerSpace.fixed(optimizer());
      program =
          new ChildProgram<>(
                  graph,
                  session,
                  Placement.cpu(),
                  TFloat32.class,
                  new SearchSpace(workload.space(), optimizers),
                  workload.data(),
                  workload.data(),
                  AugmentationSettings.none(),
                  new FamilySwitch(optimizers.families(), inner(steps)),
                  inner(steps),
                  new JointSettings(ResponseThrough.SAMPLE, ArchitectureGradient.SCORE))
              .withResponse(estimator);
      program.load();
      program.initialise(1, optimizer());
    }

    /** One step of the shared weights. */
    void train(Candidate candidate, int[] rows, int step) {
      program.train(candidate, 1, batches(rows, step), false, false, 0);
    }

    /** The response of one candidate. */
    Response respond(Candidate candidate, int[] rows, int step) {
      return program.respond(candidate, 1, batches(rows, step));
    }

    private Rows batches(int[] rows, int step) {
      int[][] all = IntStream.range(0, steps).mapToObj(k -> rows).toArray(int[][]::new);
      return new Rows(all, rows, 1, step);
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }

  private static OptimizerSpace searched() {
    Map<Hyperparameter, Range> ranges = new EnumMap<>(Hyperparameter.class);
    optimizer().values().forEach((name, value) -> ranges.put(name, new Range(value, value)));
    ranges.put(Hyperparameter.LEARNING_RATE, new Range(1e-4, 0.3));
    ranges.put(Hyperparameter.MOMENTUM, new Range(0.5, 0.99));
    ranges.put(Hyperparameter.WEIGHT_DECAY, new Range(1e-7, 1e-2));
    return new OptimizerSpace(
        List.of(OptimizerFamily.MOMENTUM), List.of(Schedule.CONSTANT), ranges, 0);
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

  private static Dataset table() {
    SplittableRandom random = new SplittableRandom(2);
    int columns = 784;
    float[] features = new float[ROWS * columns];
    for (int index = 0; index < features.length; index++) {
      features[index] = (float) random.nextDouble();
    }
    List<String> names = IntStream.range(0, columns).mapToObj(column -> "x" + column).toList();
    return new Dataset(features, columns, random.ints(ROWS, 0, 10).toArray(), CLASSES, names);
  }

  private static Dataset images() {
    SplittableRandom random = new SplittableRandom(2);
    ImageShape shape = new ImageShape(32, 32, 3);
    byte[] pixels = new byte[IMAGES * shape.size()];
    random.nextBytes(pixels);
    List<String> names = IntStream.range(0, shape.size()).mapToObj(column -> "x" + column).toList();
    return new Dataset(
        new Values.Bytes(pixels, 255),
        shape.size(),
        random.ints(IMAGES, 0, 10).toArray(),
        CLASSES,
        names,
        Optional.of(shape));
  }
}
