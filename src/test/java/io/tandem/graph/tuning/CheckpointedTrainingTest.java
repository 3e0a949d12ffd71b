package io.tandem.graph.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.tandem.data.Inputs;
import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.child.TrainingNoise;
import io.tandem.graph.core.Precision;
import io.tandem.graph.core.Scalars;
import io.tandem.graph.gradient.Gradients;
import io.tandem.graph.inner.InnerProblem;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.inner.SecondMoment;
import io.tandem.graph.inner.UnrolledLoop;
import io.tandem.graph.inner.UpdateRule;
import io.tandem.graph.objective.BatchLabels;
import io.tandem.graph.objective.Loss;
import io.tandem.graph.objective.LossShape;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.graph.training.TrainingLoss;
import io.tandem.space.Activation;
import io.tandem.space.Course;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.Scale;
import io.tandem.space.Schedule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The derivative of a whole training by the settings of its optimizer decides where a refinement
 * goes. It is held against central differences and against the steps laid out in one graph, for
 * every family, with a network that has all that a searched one can have.
 */
class CheckpointedTrainingTest {
  private static final int STEPS = 7;
  private static final InnerSettings CONSTANTS = new InnerSettings(1, 0.9, 1e-2);
  private static final RuntimeSettings RUNTIME =
      new RuntimeSettings(Device.CPU, 1, 1, true, Precision.FLOAT32);

  private static final PerceptronArchitecture ARCHITECTURE =
      new PerceptronArchitecture(
          List.of(
              new PerceptronArchitecture.Layer(3, Activation.TANH, 0.2, List.of()),
              new PerceptronArchitecture.Layer(4, Activation.GELU, 0, List.of(0)),
              new PerceptronArchitecture.Layer(2, Activation.SIGMOID, 0.3, List.of(0, 1))));

  private static final TuningData DATA =
      new TuningData(
          TuningFixtures.rows(1, 6),
          TuningFixtures.rows(2, 5),
          List.of(new int[] {0, 1, 2, 3}, new int[] {4, 5, 0, 1}, new int[] {2, 3, 4, 5}),
          11,
          12);

  private static OptimizerSettings optimizer(OptimizerFamily family, Schedule schedule) {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    values.put(Hyperparameter.LEARNING_RATE, 0.05);
    values.put(Hyperparameter.MOMENTUM, 0.7);
    values.put(Hyperparameter.WEIGHT_DECAY, 0.03);
    values.put(Hyperparameter.CLIP_NORM, 0.3);
    values.put(Hyperparameter.LABEL_SMOOTHING, 0.1);
    values.put(Hyperparameter.AUGMENTATION, 0.2);
    values.put(Hyperparameter.INITIAL_SCALE, 1.1);
    return new OptimizerSettings(family, schedule, values);
  }

  private static List<TargetSettings> targets(OptimizerFamily family) {
    UpdateRule rule = UpdateRule.valueOf(family.name());
    List<TargetSettings> targets = new ArrayList<>();
    targets.add(target(Target.LEARNING_RATE, 0.05));
    if (rule.hasMomentum()) {
      targets.add(target(Target.MOMENTUM, 0.7));
    }
    if (rule.hasSecondMoment()) {
      targets.add(target(Target.BETA2, 0.9));
      targets.add(target(Target.EPSILON, 1e-2));
    }
    targets.add(target(Target.CLIP_NORM, 0.3));
    targets.add(target(Target.WEIGHT_DECAY, 0.03));
    targets.add(target(Target.LABEL_SMOOTHING, 0.1));
    return targets;
  }

  private static TargetSettings target(Target target, double initial) {
    return new TargetSettings(target, Granularity.GLOBAL, target.scale(), initial, 1e-6, 0.999);
  }

  private static ScratchTraining training(OptimizerFamily family, Schedule schedule) {
    return new ScratchTraining(
        ARCHITECTURE, optimizer(family, schedule), CONSTANTS, STEPS, targets(family));
  }

  private static CheckpointedTraining<TFloat64> checkpointed(ScratchTraining training, int room) {
    return new CheckpointedTraining<>(TFloat64.class, training, DATA, RUNTIME, room, () -> false);
  }

  @ParameterizedTest
  @EnumSource(OptimizerFamily.class)
  void evaluate_everyFamily_agreesWithCentralDifferences(OptimizerFamily family) {
    try (var program = checkpointed(training(family, Schedule.COSINE), 2)) {
      double[] point = program.layout().initial();
      TuningOutcome outcome = program.evaluate(point);
      assertThat(outcome.outerLoss()).isEqualTo(program.loss(point));
      assertThat(outcome.direct()).containsOnly(0);
      assertThat(outcome.learningCurve()).hasSize(STEPS);
      for (int index = 0; index < point.length; index++) {
        double half = 1e-5;
        double[] above = point.clone();
        double[] below = point.clone();
        above[index] += half;
        below[index] -= half;
        double difference = (program.loss(above) - program.loss(below)) / (2 * half);
        assertThat(difference).as(name(program, index)).isNotZero();
        assertThat(outcome.response()[index])
            .as(name(program, index))
            .isCloseTo(difference, within(1e-9 + 1e-6 * Math.abs(difference)));
      }
    }
  }

  private static String name(CheckpointedTraining<?> program, int index) {
    return program.layout().blocks().get(index).settings().target().key();
  }

  @ParameterizedTest
  @EnumSource(OptimizerFamily.class)
  void evaluate_everyFamily_agreesWithTheStepsInOneGraph(OptimizerFamily family) {
    for (Schedule schedule : List.of(Schedule.STEP, Schedule.WARMUP_LINEAR)) {
      ScratchTraining training = training(family, schedule);
      try (var program = checkpointed(training, 3)) {
        TuningOutcome outcome = program.evaluate(program.layout().initial());
        TuningOutcome whole = unrolled(training);
        assertThat(outcome.outerLoss()).isCloseTo(whole.outerLoss(), within(1e-12));
        assertThat(outcome.response()).containsExactly(whole.response(), within(1e-10));
      }
    }
  }

  @Test
  void evaluate_anyRoom_givesTheSameBits() {
    ScratchTraining training = training(OptimizerFamily.ADAMW, Schedule.WARMUP_LINEAR);
    TuningOutcome expected = null;
    for (int room : new int[] {0, 1, 2, 3, 100}) {
      try (var program = checkpointed(training, room)) {
        TuningOutcome outcome = program.evaluate(program.layout().initial());
        assertThat(outcome)
            .usingRecursiveComparison()
            .isEqualTo(expected == null ? outcome : expected);
        expected = outcome;
      }
    }
  }

  @Test
  void evaluate_onlySomeTargets_leavesTheOthersAtTheirValues() {
    ScratchTraining all = training(OptimizerFamily.ADAM, Schedule.COSINE);
    ScratchTraining one =
        new ScratchTraining(
            ARCHITECTURE, all.optimizer(), CONSTANTS, STEPS, List.of(target(Target.EPSILON, 1e-2)));
    try (var many = checkpointed(all, 3);
        var single = checkpointed(one, 3)) {
      TuningOutcome expected = many.evaluate(many.layout().initial());
      TuningOutcome outcome = single.evaluate(single.layout().initial());
      assertThat(outcome.outerLoss()).isCloseTo(expected.outerLoss(), within(1e-14));
      assertThat(outcome.response()).hasSize(1);
      assertThat(outcome.response()[0]).isCloseTo(expected.response()[3], within(1e-12));
    }
  }

  @Test
  void evaluate_trainingDiverges_saysInWhichStep() {
    ScratchTraining steep =
        new ScratchTraining(
            new PerceptronArchitecture(
                List.of(new PerceptronArchitecture.Layer(3, Activation.IDENTITY, 0, List.of()))),
            optimizer(OptimizerFamily.SGD, Schedule.CONSTANT)
                .with(Hyperparameter.CLIP_NORM, 1e6)
                .with(Hyperparameter.WEIGHT_DECAY, 9)
                .with(Hyperparameter.LEARNING_RATE, 90),
            CONSTANTS,
            200,
            List.of(
                new TargetSettings(
                    Target.LEARNING_RATE, Granularity.GLOBAL, Scale.LOG, 90, 1e-6, 100)));
    try (var program = checkpointed(steep, 3)) {
      TuningOutcome outcome = program.evaluate(program.layout().initial());
      assertThat(outcome.isFinite()).isFalse();
      assertThat(outcome.problem()).matches("the training loss before step \\d+ is not finite");
      assertThat(program.loss(program.layout().initial())).isNaN();
    }
  }

  @Test
  void evaluate_askedToStop_stopsAmidTheTraining() {
    int[] left = {9};
    ScratchTraining training = training(OptimizerFamily.ADAM, Schedule.COSINE);
    try (var program =
        new CheckpointedTraining<>(
            TFloat64.class, training, DATA, RUNTIME, 3, () -> left[0]-- == 0)) {
      assertThatExceptionOfType(StoppedTrainingException.class)
          .isThrownBy(() -> program.evaluate(program.layout().initial()));
    }
  }

  /** The same training as one graph, differentiated as a whole. */
  private static TuningOutcome unrolled(ScratchTraining training) {
    try (Graph graph = new Graph();
        Session session = new Session(graph, SessionConfig.ofBranches(RUNTIME))) {
      Ops tf = Ops.create(graph);
      TargetLayout layout = training.layout();
      List<Operand<TFloat64>> coordinates = new ArrayList<>();
      Map<Target, Operand<TFloat64>> values = new EnumMap<>(Target.class);
      for (TargetLayout.Block block : layout.blocks()) {
        Operand<TFloat64> coordinate = tf.constant(layout.initial()[block.offset()]);
        coordinates.add(coordinate);
        values.put(
            block.settings().target(),
            switch (block.settings().scale()) {
              case LINEAR -> coordinate;
              case LOG -> tf.math.exp(coordinate);
              case LOGIT -> tf.math.sigmoid(coordinate);
            });
      }
      PerceptronNetwork network = new PerceptronNetwork(ARCHITECTURE, 3, 3);
      double scale = training.optimizer().get(Hyperparameter.INITIAL_SCALE);
      InnerState<TFloat64> start =
          InnerState.fresh(
              tf,
              network.initialWeights(
                  tf, TFloat64.class, DATA.weightSeed(), Scalars.of(tf, scale, TFloat64.class)));
      List<OptimizerTensors<TFloat64>> steps =
          IntStream.range(0, STEPS)
              .mapToObj(step -> optimizer(tf, training, values, step))
              .toList();
      var trajectory =
          UnrolledLoop.run(
              tf,
              new Whole(network, values.get(Target.LABEL_SMOOTHING)),
              training.rule().update(CONSTANTS),
              start,
              steps);
      Operand<TFloat64> loss =
          new Whole(network, values.get(Target.LABEL_SMOOTHING))
              .validationLoss(tf, trajectory.last().weights());
      List<Operand<TFloat64>> derivatives = Gradients.of(tf, loss, coordinates);
      Session.Runner runner = session.runner().fetch(loss);
      derivatives.forEach(runner::fetch);
      try (var result = runner.run()) {
        double[] response = new double[coordinates.size()];
        for (int index = 0; index < response.length; index++) {
          response[index] = TuningGraph.doubles(result.get(index + 1))[0];
        }
        return new TuningOutcome(
            TuningGraph.doubles(result.get(0))[0], 0, new double[0], response, response);
      }
    }
  }

  private static OptimizerTensors<TFloat64> optimizer(
      Ops tf, ScratchTraining training, Map<Target, Operand<TFloat64>> values, int step) {
    Map<Hyperparameter, Operand<TFloat64>> own = new EnumMap<>(Hyperparameter.class);
    TunedOptimizer.NAMES.forEach(
        (target, name) -> {
          Operand<TFloat64> value = values.get(target);
          if (value != null) {
            own.put(name, value);
          }
        });
    double factor = training.optimizer().schedule().factor(Course.of((double) step / STEPS));
    Operand<TFloat64> decay = values.get(Target.BETA2);
    Operand<TFloat64> epsilon = values.get(Target.EPSILON);
    return new OptimizerTensors<>(
        tf.constant(0),
        own,
        tf.constant(factor),
        decay == null || epsilon == null ? null : new SecondMoment<>(decay, epsilon),
        List.of());
  }

  /** The inner problem of the training. */
  private record Whole(PerceptronNetwork network, Operand<TFloat64> smoothing)
      implements InnerProblem<TFloat64> {
    @Override
    public Operand<TFloat64> trainingLoss(
        Ops tf, List<Operand<TFloat64>> weights, Operand<TInt32> step) {
      int[][] all = DATA.batches().toArray(new int[0][]);
      Operand<TInt32> turn = tf.math.floorMod(step, tf.constant(all.length));
      Operand<TInt32> rows = tf.gather(tf.constant(StdArrays.ndCopyOf(all)), turn, tf.constant(0));
      Operand<TInt64> stream =
          tf.math.mul(tf.dtypes.cast(step, TInt64.class), tf.constant(1L << 33));
      return new TrainingLoss(network, 0.2, Precision.FLOAT32)
          .of(
              tf,
              weights,
              new TrainingLoss.Batch<>(
                  tf.gather(features(tf, DATA.training()), rows, tf.constant(0)),
                  new BatchLabels<>(
                      tf.gather(
                          tf.constant(DATA.training().examples().labels()), rows, tf.constant(0)),
                      network.outputs()),
                  new TrainingNoise<>(
                      tf.stack(List.of(tf.constant(DATA.noiseSeed()), stream)), tf.constant(0.0))),
              LossShape.smoothed(smoothing));
    }

    @Override
    public Operand<TFloat64> validationLoss(Ops tf, List<Operand<TFloat64>> weights) {
      Operand<TFloat64> logits = network.logits(tf, weights, features(tf, DATA.validation()));
      return Loss.crossEntropy(
          tf,
          logits,
          tf.constant(DATA.validation().examples().labels()),
          network.outputs(),
          LossShape.plain());
    }

    private static Operand<TFloat64> features(Ops tf, Inputs rows) {
      Operand<TFloat32> single =
          tf.constant(Shape.of(rows.rows(), rows.columns()), DataBuffers.of(rows.features()));
      return tf.dtypes.cast(single, TFloat64.class);
    }
  }
}
