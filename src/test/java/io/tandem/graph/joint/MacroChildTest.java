package io.tandem.graph.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tandem.data.Dataset;
import io.tandem.data.ImageShape;
import io.tandem.data.Inputs;
import io.tandem.data.Values;
import io.tandem.graph.core.Device;
import io.tandem.graph.core.Placement;
import io.tandem.graph.core.Precision;
import io.tandem.graph.core.RuntimeSettings;
import io.tandem.graph.core.SessionConfig;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.space.Candidate;
import io.tandem.space.ConvolutionOperation;
import io.tandem.space.Hyperparameter;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MacroSpace;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.OptimizerSpace;
import io.tandem.space.Range;
import io.tandem.space.Schedule;
import io.tandem.space.SearchSpace;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * Convolutional children go through the same program as perceptrons: they are trained on shared
 * weights, and their response to the optimizer's hyperparameters is differentiated exactly.
 */
class MacroChildTest {
  private static final int STEPS = 2;
  private static final InnerSettings INNER = new InnerSettings(STEPS, 0.999, 1e-8);
  private static final ImageShape IMAGE = new ImageShape(5, 4, 1);
  private static final Rows ROWS =
      new Rows(new int[][] {{0, 1, 2, 3}, {4, 5, 6, 7}}, new int[] {0, 2, 5, 6, 7}, 4, 9);
  private static final List<Hyperparameter> SEARCHED =
      List.of(
          Hyperparameter.LEARNING_RATE,
          Hyperparameter.MOMENTUM,
          Hyperparameter.WEIGHT_DECAY,
          Hyperparameter.LABEL_SMOOTHING);

  @Test
  void respond_twoLayers_agreesWithCentralDifferences() {
    try (Graph graph = new Graph();
        Session session = session(graph)) {
      ChildProgram<TFloat64> child =
          child(graph, session, TFloat64.class, List.of(ConvolutionOperation.values()));
      child.load();
      child.initialise(3, candidate("0 0 0").optimizer());
      for (String encoding : List.of("0 3 1", "4 2 0", "1 5 1")) {
        respond(child, candidate(encoding));
      }
    }
  }

  /** Moves are then of parts of pixels, so that the strength has a derivative. */
  @Test
  void respond_searchedAugmentation_agreesWithCentralDifferences() {
    try (Graph graph = new Graph();
        Session session = session(graph)) {
      ChildProgram<TFloat64> child =
          child(
              graph,
              session,
              TFloat64.class,
              List.of(ConvolutionOperation.CONV_3X3, ConvolutionOperation.MAX_POOL_3X3),
              Optional.of(IMAGE),
              new AugmentationSettings(2, true, 2),
              new Range(0, 1));
      child.load();
      Candidate still = candidate("0 5 1");
      child.initialise(3, still.optimizer());
      Candidate moved = with(still, Hyperparameter.AUGMENTATION, 0.4);
      Response here = child.respond(moved, 1, ROWS);
      double step = 1e-6;
      double up =
          child.respond(with(still, Hyperparameter.AUGMENTATION, 0.4 + step), 1, ROWS).after();
      double down =
          child.respond(with(still, Hyperparameter.AUGMENTATION, 0.4 - step), 1, ROWS).after();
      double difference = (up - down) / (2 * step);
      assertThat(Math.abs(difference)).isGreaterThan(1e-4);
      assertThat(here.response()[SEARCHED.size()])
          .isCloseTo(difference, within(1e-7 + 1e-5 * Math.abs(difference)));
      assertThat(here.after()).isNotEqualTo(child.respond(still, 1, ROWS).after());
    }
  }

  /** A fixed strength moves by whole pixels, and without any the images stay as they are. */
  @Test
  void respond_fixedAugmentation_changesTrainingWhereThereIsAStrength() {
    double still = afterWith(AugmentationSettings.none(), 0);
    assertThat(afterWith(new AugmentationSettings(2, false, 2), 0)).isEqualTo(still);
    assertThat(afterWith(new AugmentationSettings(2, false, 0), 1)).isNotEqualTo(still);
    assertThat(afterWith(new AugmentationSettings(0, false, 2), 1)).isNotEqualTo(still);
    assertThat(afterWith(new AugmentationSettings(0, true, 0), 0)).isNotEqualTo(still);
  }

  private static double afterWith(AugmentationSettings augmentation, double strength) {
    try (Graph graph = new Graph();
        Session session = session(graph)) {
      ChildProgram<TFloat64> child =
          child(
              graph,
              session,
              TFloat64.class,
              List.of(ConvolutionOperation.CONV_3X3),
              Optional.of(IMAGE),
              augmentation,
              Range.fixed(strength));
      child.load();
      Candidate candidate = with(candidate("0 0 0"), Hyperparameter.AUGMENTATION, strength);
      child.initialise(3, candidate.optimizer());
      return child.respond(candidate, 1, ROWS).after();
    }
  }

  private static void respond(ChildProgram<TFloat64> child, Candidate candidate) {
    Response here = child.respond(candidate, 1, ROWS);
    assertThat(here.dropped()).isFalse();
    assertThat(here.direct()).containsOnly(0);
    for (int index = 0; index < SEARCHED.size(); index++) {
      Hyperparameter name = SEARCHED.get(index);
      double value = candidate.optimizer().get(name);
      double step = 1e-5 * value;
      double up = child.respond(with(candidate, name, value + step), 1, ROWS).after();
      double down = child.respond(with(candidate, name, value - step), 1, ROWS).after();
      double difference = (up - down) / (2 * step);
      assertThat(here.response()[index])
          .as("%s", name.key())
          .isCloseTo(difference, within(1e-7 + 1e-6 * Math.abs(difference)));
      assertThat(Math.abs(difference)).as("%s", name.key()).isGreaterThan(1e-5);
    }
  }

  @Test
  void train_architecture_moveItsWeightsOnlyAndLowersTheLoss() {
    try (Graph graph = new Graph();
        Session session = session(graph)) {
      ChildProgram<TFloat32> child =
          child(
              graph,
              session,
              TFloat32.class,
              List.of(ConvolutionOperation.MAX_POOL_3X3, ConvolutionOperation.CONV_3X3));
      child.load();
      Candidate pooling = candidate("5 5 1");
      Candidate convolution = candidate("0 0 0");
      child.initialise(3, pooling.optimizer());
      List<double[]> before = weights(session, child);
      double loss = child.evaluate(pooling).loss();
      double other = child.evaluate(convolution).loss();
      for (int loop = 0; loop < 20; loop++) {
        assertThat(child.train(pooling, 1, ROWS, true, true, 0).applied()).isTrue();
      }
      List<double[]> after = weights(session, child);
      assertThat(after.get(0)).isNotEqualTo(before.get(0));
      int own = 4 * 4 + 8;
      for (int layer = 1; layer <= 2; layer++) {
        double[] old = before.get(layer);
        double[] now = after.get(layer);
        assertThat(Arrays.copyOf(now, own)).isNotEqualTo(Arrays.copyOf(old, own));
        assertThat(Arrays.copyOfRange(now, own, now.length))
            .isEqualTo(Arrays.copyOfRange(old, own, old.length));
      }
      assertThat(child.evaluate(pooling).loss()).isLessThan(0.8 * loss);
      // What is shared moved the others too.
      assertThat(child.evaluate(convolution).loss()).isNotEqualTo(other);
    }
  }

  @Test
  void constructor_rowsThatAreNoImages_areRefused() {
    try (Graph graph = new Graph();
        Session session = session(graph)) {
      assertThatThrownBy(
              () ->
                  child(
                      graph,
                      session,
                      TFloat32.class,
                      List.of(ConvolutionOperation.CONV_3X3),
                      Optional.empty()))
          .hasMessageContaining("rows of 20 columns are no images");
    }
  }

  @Test
  void batch_ofAnEvaluation_leavesNoFewRowsOver() {
    assertThat(ChildEvaluation.batch(9, 4)).isEqualTo(3);
    assertThat(ChildEvaluation.batch(10, 4)).isEqualTo(4);
    assertThat(ChildEvaluation.batch(4097, 4096)).isEqualTo(2049);
    assertThat(ChildEvaluation.batch(4096, 4096)).isEqualTo(4096);
    assertThat(ChildEvaluation.batch(1, 4096)).isEqualTo(1);
  }

  private static Session session(Graph graph) {
    return new Session(
        graph,
        SessionConfig.ofBranches(new RuntimeSettings(Device.CPU, 1, 1, true, Precision.FLOAT32)));
  }

  private static <T extends TNumber> ChildProgram<T> child(
      Graph graph, Session session, Class<T> type, List<ConvolutionOperation> operations) {
    return child(graph, session, type, operations, Optional.of(IMAGE));
  }

  private static <T extends TNumber> ChildProgram<T> child(
      Graph graph,
      Session session,
      Class<T> type,
      List<ConvolutionOperation> operations,
      Optional<ImageShape> image) {
    return child(
        graph, session, type, operations, image, AugmentationSettings.none(), Range.fixed(0));
  }

  private static <T extends TNumber> ChildProgram<T> child(
      Graph graph,
      Session session,
      Class<T> type,
      List<ConvolutionOperation> operations,
      Optional<ImageShape> image,
      AugmentationSettings augmentation,
      Range strength) {
    Map<Hyperparameter, Range> ranges = new EnumMap<>(Hyperparameter.class);
    candidate("0").optimizer().values().forEach((name, at) -> ranges.put(name, Range.fixed(at)));
    for (Hyperparameter name : SEARCHED) {
      ranges.put(name, new Range(1e-6, 0.999));
    }
    ranges.put(Hyperparameter.AUGMENTATION, strength);
    SearchSpace space =
        new SearchSpace(
            new MacroSpace(2, 4, operations, true, 0.2),
            new OptimizerSpace(
                List.of(OptimizerFamily.MOMENTUM), List.of(Schedule.CONSTANT), ranges, 0));
    Inputs rows = Inputs.of(rows(image));
    return new ChildProgram<>(
        graph,
        session,
        Placement.cpu(),
        type,
        space,
        rows,
        rows,
        augmentation,
        new FamilySwitch(space.optimizer().families(), INNER),
        INNER,
        new Unrolled(),
        new JointSettings(ResponseThrough.SAMPLE, ArchitectureGradient.SCORE));
  }

  private static Dataset rows(Optional<ImageShape> image) {
    int count = 8;
    double[] numbers = Derivatives.numbers(count * IMAGE.size(), 1);
    float[] pixels = new float[numbers.length];
    for (int index = 0; index < pixels.length; index++) {
      pixels[index] = (float) numbers[index];
    }
    int[] labels = IntStream.range(0, count).map(row -> row % 2).toArray();
    // The classes differ in the upper rows of their images.
    for (int row = 0; row < count; row++) {
      for (int pixel = 0; pixel < 10; pixel++) {
        pixels[row * IMAGE.size() + pixel] += labels[row] == 0 ? 1 : -1;
      }
    }
    List<String> names = IntStream.range(0, IMAGE.size()).mapToObj(index -> "x" + index).toList();
    return new Dataset(
        new Values.Floats(pixels), IMAGE.size(), labels, List.of("a", "b"), names, image);
  }

  private static Candidate candidate(String encoding) {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      values.put(hyperparameter, 0.0);
    }
    values.put(Hyperparameter.LEARNING_RATE, 0.05);
    values.put(Hyperparameter.MOMENTUM, 0.8);
    values.put(Hyperparameter.WEIGHT_DECAY, 1e-2);
    values.put(Hyperparameter.LABEL_SMOOTHING, 0.1);
    values.put(Hyperparameter.CLIP_NORM, 1e6);
    values.put(Hyperparameter.INITIAL_SCALE, 1.0);
    return new Candidate(
        MacroArchitecture.parse(encoding),
        new OptimizerSettings(OptimizerFamily.MOMENTUM, Schedule.CONSTANT, values));
  }

  private static Candidate with(Candidate candidate, Hyperparameter name, double value) {
    return new Candidate(candidate.architecture(), candidate.optimizer().with(name, value));
  }

  private static <T extends TNumber> List<double[]> weights(
      Session session, ChildProgram<T> child) {
    List<Operand<T>> weights = new ArrayList<>(child.network().weights());
    return Doubles.fetch(session.runner(), weights);
  }
}
