package io.tandem.graph.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.core.Precision;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.UpdateRule;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.joint.ArchitectureGradient;
import io.tandem.graph.joint.ChildProgram;
import io.tandem.graph.joint.JointSettings;
import io.tandem.graph.joint.LookAhead;
import io.tandem.graph.joint.ResponseThrough;
import io.tandem.graph.joint.child.Rows;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.Placement;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.graph.training.NetworkTraining;
import io.tandem.outcome.Outcome;
import io.tandem.outcome.Targets;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * A class with a weight of 3 trains as if each of its rows was there three times, wherever networks
 * are trained: a step on all rows moves the weights alike. What judges them does not change.
 */
class ClassWeightsTest {
  private static final RuntimeSettings RUNTIME =
      new RuntimeSettings(Device.CPU, 1, 1, true, Precision.FLOAT32);
  private static final InnerSettings CONSTANTS = new InnerSettings(1, 0.9, 1e-2);

  /** Rows 1 and 4 are of the second class. */
  private static final int[] ONCE = {0, 1, 2, 3, 4, 5};

  private static final int[] REPEATED = {0, 1, 1, 1, 2, 3, 4, 4, 4, 5};

  private static final PerceptronArchitecture ARCHITECTURE =
      new PerceptronArchitecture(
          List.of(new PerceptronArchitecture.Layer(3, Activation.TANH, 0, List.of())));

  private static Inputs plain() {
    return TuningFixtures.rows(1, TuningFixtures.ROWS);
  }

  private static Inputs weighted() {
    Dataset rows = plain().examples();
    Outcome.Classes classes = new Outcome.Classes(rows.classes()).weighted(List.of(1.0, 3.0, 1.0));
    return Inputs.of(rows.predicting(new Targets.Labels(rows.labels(), classes)));
  }

  private static OptimizerSettings optimizer() {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      values.put(hyperparameter, 0.0);
    }
    values.put(Hyperparameter.LEARNING_RATE, 0.1);
    values.put(Hyperparameter.CLIP_NORM, 10.0);
    values.put(Hyperparameter.LABEL_SMOOTHING, 0.1);
    values.put(Hyperparameter.INITIAL_SCALE, 1.0);
    return new OptimizerSettings(OptimizerFamily.SGD, Schedule.CONSTANT, values);
  }

  private static TuningData data(Inputs rows, int... batch) {
    return new TuningData(rows, TuningFixtures.rows(2, 5), List.of(batch), 11, 12);
  }

  @Test
  void tuning_withAWeight_isThatOfRepeatedRows() {
    List<TargetSettings> targets = TuningFixtures.tuning(Target.LEARNING_RATE, Granularity.LAYER);
    targets.set(
        Target.DROPOUT.ordinal(),
        new TargetSettings(Target.DROPOUT, Granularity.FIXED, Target.DROPOUT.scale(), 0, 0, 0.9));
    TuningSettings settings =
        TuningFixtures.training(UpdateRule.MOMENTUM, OuterLoss.TRAINING, targets);
    TuningOutcome expected = tuned(settings, data(plain(), REPEATED));
    TuningOutcome found = tuned(settings, data(weighted(), ONCE));
    assertThat(found.learningCurve()).containsExactly(expected.learningCurve(), within(1e-12));
    assertThat(found.outerLoss()).isCloseTo(expected.outerLoss(), within(1e-12));
    assertThat(found.total()).containsExactly(expected.total(), within(1e-12));
    TuningOutcome other = tuned(settings, data(plain(), ONCE));
    assertThat(Math.abs(other.outerLoss() - expected.outerLoss())).isGreaterThan(1e-3);
  }

  private static TuningOutcome tuned(TuningSettings settings, TuningData data) {
    try (TuningProgram<TFloat64> program =
        new TuningProgram<>(
            TFloat64.class,
            settings,
            TuningFixtures.CONSTANTS,
            data,
            new Unrolled(),
            SessionConfig.ofBranches(RUNTIME))) {
      return program.evaluate(program.layout().initial());
    }
  }

  @Test
  void refinement_withAWeight_isThatOfRepeatedRows() {
    TuningOutcome expected = refined(data(plain(), REPEATED));
    TuningOutcome found = refined(data(weighted(), ONCE));
    assertThat(found.learningCurve()).containsExactly(expected.learningCurve(), within(1e-12));
    assertThat(found.outerLoss()).isCloseTo(expected.outerLoss(), within(1e-12));
    assertThat(found.total()).containsExactly(expected.total(), within(1e-12));
    TuningOutcome other = refined(data(plain(), ONCE));
    assertThat(Math.abs(other.outerLoss() - expected.outerLoss())).isGreaterThan(1e-3);
  }

  private static TuningOutcome refined(TuningData data) {
    TargetSettings rate =
        new TargetSettings(
            Target.LEARNING_RATE,
            Granularity.GLOBAL,
            Target.LEARNING_RATE.scale(),
            0.1,
            1e-6,
            0.999);
    ScratchTraining training =
        new ScratchTraining(ARCHITECTURE, optimizer(), CONSTANTS, 5, List.of(rate));
    try (CheckpointedTraining<TFloat64> program =
        new CheckpointedTraining<>(TFloat64.class, training, data, RUNTIME, 8, () -> false)) {
      return program.evaluate(program.layout().initial());
    }
  }

  @Test
  void scratch_withAWeight_isThatOfRepeatedRows() {
    List<float[]> expected = trained(plain(), REPEATED);
    List<float[]> found = trained(weighted(), ONCE);
    List<float[]> other = trained(plain(), ONCE);
    for (int index = 0; index < expected.size(); index++) {
      assertThat(found.get(index)).containsExactly(expected.get(index), within(1e-6f));
    }
    assertThat(other.get(1)[0]).isNotCloseTo(expected.get(1)[0], within(1e-4f));
  }

  private static List<float[]> trained(Inputs rows, int... batch) {
    try (NetworkTraining training =
        new NetworkTraining(
            new PerceptronNetwork(ARCHITECTURE, 3, 3),
            optimizer(),
            CONSTANTS,
            3,
            rows,
            AugmentationSettings.none(),
            RUNTIME)) {
      for (int step = 0; step < 5; step++) {
        training.step(batch, step, 1, 0);
      }
      return training.weights();
    }
  }

  /** The losses of the steps tell that the shared weights moved alike. */
  @Test
  void shared_withAWeight_isThatOfRepeatedRows() {
    double[] expected = shared(plain(), REPEATED);
    double[] found = shared(weighted(), ONCE);
    assertThat(found).containsExactly(expected, within(1e-5));
    assertThat(shared(plain(), ONCE)[0]).isNotCloseTo(expected[0], within(1e-3));
  }

  private static double[] shared(Inputs rows, int... batch) {
    SearchSpace space =
        new SearchSpace(
            new PerceptronSpace(1, List.of(3), List.of(Activation.TANH), List.of(0.0), false),
            OptimizerSpace.fixed(optimizer()));
    Candidate candidate = new Candidate(space.architecture().largest(), optimizer());
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      ChildProgram<TFloat32> child =
          new ChildProgram<>(
              graph,
              session,
              Placement.cpu(),
              TFloat32.class,
              space,
              rows,
              Inputs.of(plain().examples()),
              AugmentationSettings.none(),
              new FamilySwitch(space.families(), CONSTANTS),
              CONSTANTS,
              new JointSettings(
                  ResponseThrough.SAMPLE,
                  ArchitectureGradient.SCORE,
                  LookAhead.ALL,
                  Optional.empty()));
      child.load();
      child.initialise(3, optimizer());
      child.reset(candidate, 5);
      double[] losses = new double[4];
      for (int step = 0; step < 4; step++) {
        losses[step] =
            child
                .train(
                    candidate,
                    1,
                    new Rows(new int[][] {batch}, new int[0], 7, step, 0),
                    false,
                    false,
                    step)
                .loss();
      }
      // What judges is not weighted.
      assertThat(child.evaluate(candidate, 6).loss()).isFinite();
      return losses;
    }
  }
}
