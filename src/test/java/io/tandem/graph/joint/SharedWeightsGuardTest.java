package io.tandem.graph.joint;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.joint.child.Rows;
import io.tandem.graph.session.Placement;
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
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * A loop that would move shared weights far, or make them worse on its own batch, is not written,
 * whether optimizer slots are kept from loop to loop, as enas does, or not; a training from scratch
 * may move as far as it likes.
 */
final class SharedWeightsGuardTest {
  private static final InnerSettings INNER = new InnerSettings(2, 0.999, 1e-8);
  private static final PerceptronArchitecture NETWORK =
      new PerceptronArchitecture(
          List.of(new PerceptronArchitecture.Layer(4, Activation.TANH, 0, List.of())));

  private static Candidate candidate(double learningRate) {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      values.put(hyperparameter, 0.0);
    }
    values.put(Hyperparameter.LEARNING_RATE, learningRate);
    values.put(Hyperparameter.MOMENTUM, 0.9);
    values.put(Hyperparameter.CLIP_NORM, 1e6);
    values.put(Hyperparameter.INITIAL_SCALE, 1.0);
    return new Candidate(
        NETWORK, new OptimizerSettings(OptimizerFamily.MOMENTUM, Schedule.CONSTANT, values));
  }

  @Test
  void train_weightsMovedFar_areWrittenOnlyWhereNobodySharesThem() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      ChildProgram<TFloat32> child = child(graph, session);
      child.load();
      child.initialise(3, candidate(1).optimizer());
      Rows batches = new Rows(new int[][] {{0, 1}, {2, 3}}, new int[0], 1, 1);
      List<Float> before = weights(session, child);
      for (boolean freshSlots : new boolean[] {true, false}) {
        assertThat(child.train(candidate(50), 1, batches, true, freshSlots, 0).applied()).isFalse();
        assertThat(weights(session, child)).isEqualTo(before);
      }
      assertThat(child.train(candidate(1e-3), 1, batches, true, false, 0).applied()).isTrue();
      assertThat(weights(session, child)).isNotEqualTo(before);
      assertThat(child.train(candidate(50), 1, batches, false, false, 2).applied()).isTrue();
      assertThat(weights(session, child)).doesNotContain(Float.NaN);
    }
  }

  @Test
  void train_lossRaisedForTheOthers_isNotWritten() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      ChildProgram<TFloat32> child = child(graph, session);
      child.load();
      child.initialise(3, candidate(1).optimizer());
      Rows own = new Rows(new int[][] {{0, 1}, {0, 1}}, new int[0], 1, 1);
      for (int loop = 0; loop < 20; loop++) {
        assertThat(child.train(candidate(0.3), 1, own, true, true, 0).applied()).isTrue();
      }
      // The second batch has the first one's rows with their labels exchanged.
      Rows contrary = new Rows(new int[][] {{0, 1}, {4, 5}}, new int[0], 1, 1);
      List<Float> before = weights(session, child);
      assertThat(child.train(candidate(1), 1, contrary, true, true, 0).applied()).isFalse();
      assertThat(weights(session, child)).isEqualTo(before);
      assertThat(child.train(candidate(0.1), 1, contrary, true, true, 0).applied()).isTrue();
    }
  }

  private static ChildProgram<TFloat32> child(Graph graph, Session session) {
    SearchSpace space =
        new SearchSpace(
            new PerceptronSpace(1, List.of(4), List.of(Activation.TANH), List.of(0.0), false),
            OptimizerSpace.fixed(candidate(1).optimizer()));
    Dataset rows =
        new Dataset(
            new float[] {1, 2, -1, 0.5f, 0, -2, 2, 1, 1, 2, -1, 0.5f},
            2,
            new int[] {0, 1, 1, 0, 1, 0},
            List.of("a", "b"),
            List.of("p", "q"));
    return new ChildProgram<>(
            graph,
            session,
            Placement.cpu(),
            TFloat32.class,
            space,
            Inputs.of(rows),
            Inputs.of(rows),
            AugmentationSettings.none(),
            new FamilySwitch(space.families(), INNER),
            INNER,
            new JointSettings(ResponseThrough.SAMPLE, ArchitectureGradient.SCORE))
        .withResponse(new Unrolled());
  }

  private static List<Float> weights(Session session, ChildProgram<TFloat32> child) {
    Session.Runner runner = session.runner();
    child.network().weights().forEach(runner::fetch);
    List<Float> all = new ArrayList<>();
    try (var result = runner.run()) {
      for (int index = 0; index < result.size(); index++) {
        TFloat32 tensor = (TFloat32) result.get(index);
        float[] values = new float[(int) tensor.size()];
        tensor.copyTo(DataBuffers.of(values, false, false));
        for (float value : values) {
          all.add(value);
        }
      }
    }
    return all;
  }
}
