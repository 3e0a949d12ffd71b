package io.tandem.graph.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.data.ImageShape;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.space.Candidate;
import io.tandem.space.CellOperation;
import io.tandem.space.CellRegularisation;
import io.tandem.space.MicroArchitecture;
import io.tandem.space.MicroSpace;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.Range;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
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

  @Test
  void respond_unrolled_agreesWithCentralDifferences() {
    unrolledAgreesWithDifferences(new Unrolled(), DROPOUT, MIXED, POOLING, CHAIN);
  }

  /** Steps that are computed a second time lose the same paths. */
  @Test
  @Tag("slow")
  void respond_dropPathAndAuxiliaryHeadRecomputed_agreesWithCentralDifferences() {
    unrolledAgreesWithDifferences(
        new ResponseSettings.Unrolled(0, true).estimator(),
        new CellRegularisation(0.2, 0.3, 0.02),
        MIXED);
  }

  private static void unrolledAgreesWithDifferences(
      HypergradientEstimator estimator, CellRegularisation regularisation, String... encodings) {
    try (Graph graph = new Graph();
        Session session = ImageChild.session(graph)) {
      ChildProgram<TFloat64> child =
          child(
              graph,
              session,
              TFloat64.class,
              Optional.of(ImageChild.IMAGE),
              estimator,
              regularisation);
      child.load();
      child.initialise(4, candidate(encodings[0]).optimizer());
      for (String encoding : encodings) {
        ImageChild.agreesWithDifferences(child, candidate(encoding));
      }
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
              Optional.of(ImageChild.IMAGE),
              new Unrolled(),
              DROPOUT);
      child.load();
      Candidate pooling = candidate(POOLING);
      Candidate mixed = candidate(MIXED);
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
                  child(graph, session, TFloat32.class, Optional.empty(), new Unrolled(), DROPOUT))
          .hasMessageContaining("rows of 20 columns are no images");
    }
  }

  private static <T extends TNumber> ChildProgram<T> child(
      Graph graph,
      Session session,
      Class<T> type,
      Optional<ImageShape> image,
      HypergradientEstimator estimator,
      CellRegularisation regularisation) {
    return ImageChild.child(
        graph,
        session,
        type,
        new MicroSpace(1, 2, 2, ALL, regularisation),
        OptimizerFamily.MOMENTUM,
        image,
        AugmentationSettings.none(),
        Range.fixed(0),
        2,
        estimator);
  }

  private static Candidate candidate(String encoding) {
    return ImageChild.candidate(MicroArchitecture.parse(encoding), OptimizerFamily.MOMENTUM);
  }
}
