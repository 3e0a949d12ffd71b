package io.tandem.graph.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tandem.data.ImageShape;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.joint.child.ChildEvaluation;
import io.tandem.graph.joint.response.Response;
import io.tandem.space.Candidate;
import io.tandem.space.ConvolutionOperation;
import io.tandem.space.Filters;
import io.tandem.space.Hyperparameter;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MacroSpace;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.Range;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * Convolutional children go through the same program as perceptrons: they are trained on shared
 * weights, and their response to the optimizer's hyperparameters is differentiated exactly.
 */
class MacroChildTest {
  @Test
  void respond_twoLayers_agreesWithCentralDifferences() {
    try (Graph graph = new Graph();
        Session session = ImageChild.session(graph)) {
      ChildProgram<TFloat64> child =
          child(graph, session, TFloat64.class, List.of(ConvolutionOperation.values()));
      child.load();
      child.initialise(3, candidate("0 0 0").optimizer());
      for (String encoding : List.of("0 3 1", "4 2 0", "1 5 1")) {
        Candidate weighted =
            ImageChild.with(candidate(encoding), Hyperparameter.LOSS_WEIGHTING, 0.4);
        ImageChild.agreesWithDifferences(
            child, ImageChild.with(weighted, Hyperparameter.CLASS_BALANCE, 0.6));
      }
    }
  }

  /** Moves are then of parts of pixels, so that the strength has a derivative. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void respond_searchedAugmentation_agreesWithCentralDifferences(boolean recompute) {
    try (Graph graph = new Graph();
        Session session = ImageChild.session(graph)) {
      ChildProgram<TFloat64> child =
          child(
              graph,
              session,
              TFloat64.class,
              List.of(ConvolutionOperation.CONV_3X3, ConvolutionOperation.MAX_POOL_3X3),
              Optional.of(ImageChild.IMAGE),
              new AugmentationSettings(2, true, 2),
              new Range(0, 1),
              new ResponseSettings.Unrolled(0, recompute).estimator());
      child.load();
      Candidate still = candidate("0 5 1");
      child.initialise(3, still.optimizer());
      Candidate moved = ImageChild.with(still, Hyperparameter.AUGMENTATION, 0.4);
      Response here = child.respond(moved, 1, ImageChild.ROWS);
      double step = 1e-6;
      double up =
          child
              .respond(
                  ImageChild.with(still, Hyperparameter.AUGMENTATION, 0.4 + step),
                  1,
                  ImageChild.ROWS)
              .after();
      double down =
          child
              .respond(
                  ImageChild.with(still, Hyperparameter.AUGMENTATION, 0.4 - step),
                  1,
                  ImageChild.ROWS)
              .after();
      double difference = (up - down) / (2 * step);
      assertThat(Math.abs(difference)).isGreaterThan(1e-4);
      assertThat(here.response()[ImageChild.SEARCHED.indexOf(Hyperparameter.LABEL_SMOOTHING) + 1])
          .isCloseTo(difference, within(1e-7 + 1e-5 * Math.abs(difference)));
      assertThat(here.after()).isNotEqualTo(child.respond(still, 1, ImageChild.ROWS).after());
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
        Session session = ImageChild.session(graph)) {
      ChildProgram<TFloat64> child =
          child(
              graph,
              session,
              TFloat64.class,
              List.of(ConvolutionOperation.CONV_3X3),
              Optional.of(ImageChild.IMAGE),
              augmentation,
              Range.fixed(strength),
              new Unrolled());
      child.load();
      Candidate candidate =
          ImageChild.with(candidate("0 0 0"), Hyperparameter.AUGMENTATION, strength);
      child.initialise(3, candidate.optimizer());
      return child.respond(candidate, 1, ImageChild.ROWS).after();
    }
  }

  @Test
  void train_architecture_moveItsWeightsOnlyAndLowersTheLoss() {
    try (Graph graph = new Graph();
        Session session = ImageChild.session(graph)) {
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
      List<double[]> before = ImageChild.weights(session, child);
      double loss = child.evaluate(pooling).loss();
      double other = child.evaluate(convolution).loss();
      for (int loop = 0; loop < 20; loop++) {
        assertThat(child.train(pooling, 1, ImageChild.ROWS, true, true, 0).applied()).isTrue();
      }
      List<double[]> after = ImageChild.weights(session, child);
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
        Session session = ImageChild.session(graph)) {
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

  /** Files in class folders come class by class; statistics of one class are those of no other. */
  @Test
  void runs_rowsInTheOrderOfTheirClasses_holdAllClassesAndEveryRowOnce() {
    int rows = 5000;
    int classes = 10;
    List<int[]> runs = ChildEvaluation.runs(rows, rows, 256);
    assertThat(runs).hasSize(20);
    for (int[] run : runs) {
      int[] held = new int[classes];
      for (int row : run) {
        held[row / (rows / classes)]++;
      }
      assertThat(Arrays.stream(held).min().orElseThrow()).isGreaterThan(250 / classes / 3);
    }
    assertThat(runs.stream().flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(IntStream.range(0, rows).toArray());
    assertThat(ChildEvaluation.runs(rows, rows, rows))
        .containsExactly(IntStream.range(0, rows).toArray());
  }

  private static <T extends TNumber> ChildProgram<T> child(
      Graph graph, Session session, Class<T> type, List<ConvolutionOperation> operations) {
    return child(graph, session, type, operations, Optional.of(ImageChild.IMAGE));
  }

  private static <T extends TNumber> ChildProgram<T> child(
      Graph graph,
      Session session,
      Class<T> type,
      List<ConvolutionOperation> operations,
      Optional<ImageShape> image) {
    return child(
        graph,
        session,
        type,
        operations,
        image,
        AugmentationSettings.none(),
        Range.fixed(0),
        new Unrolled());
  }

  private static <T extends TNumber> ChildProgram<T> child(
      Graph graph,
      Session session,
      Class<T> type,
      List<ConvolutionOperation> operations,
      Optional<ImageShape> image,
      AugmentationSettings augmentation,
      Range strength,
      HypergradientEstimator estimator) {
    return ImageChild.child(
        graph,
        session,
        type,
        new MacroSpace(2, new Filters(4), operations, true, 0.2),
        OptimizerFamily.MOMENTUM,
        image,
        augmentation,
        strength,
        2,
        estimator);
  }

  private static Candidate candidate(String encoding) {
    return ImageChild.candidate(MacroArchitecture.parse(encoding), OptimizerFamily.MOMENTUM);
  }
}
