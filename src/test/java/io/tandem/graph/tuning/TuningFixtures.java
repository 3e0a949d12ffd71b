package io.tandem.graph.tuning;

import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.graph.core.Precision;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.UpdateRule;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.space.Activation;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat64;

/** A training small enough to be differentiated by differences: three features, three classes. */
final class TuningFixtures {
  static final int STEPS = 4;
  static final int ROWS = 6;
  static final InnerSettings CONSTANTS = new InnerSettings(STEPS, 0.9, 1e-2);

  private static final ConfigProto CONFIG =
      SessionConfig.ofBranches(new RuntimeSettings(Device.CPU, 1, 1, true, Precision.FLOAT32));

  private TuningFixtures() {}

  /** Every target fixed at a value at which it has an effect. */
  static List<TargetSettings> fixed() {
    List<TargetSettings> all = new ArrayList<>();
    for (Target target : Target.values()) {
      all.add(settings(target, Granularity.FIXED));
    }
    return all;
  }

  /** The fixed targets but for one. */
  static List<TargetSettings> tuning(Target target, Granularity granularity) {
    List<TargetSettings> all = fixed();
    all.set(target.ordinal(), settings(target, granularity));
    return all;
  }

  static TargetSettings settings(Target target, Granularity granularity) {
    double initial =
        switch (target) {
          case LEARNING_RATE -> 0.3;
          case MOMENTUM -> 0.7;
          case BETA2 -> 0.8;
          case EPSILON -> 0.02;
          // Low enough to clip in every step, for every layer.
          case CLIP_NORM -> 0.05;
          case WEIGHT_DECAY -> 0.03;
          case L2 -> 0.02;
          case LABEL_SMOOTHING -> 0.1;
          case DROPOUT -> 0.2;
          case INITIAL_SCALE -> 0.8;
          case EXAMPLE_WEIGHTS, INPUTS -> 0;
        };
    double min = target == Target.INPUTS || target == Target.EXAMPLE_WEIGHTS ? -9 : 1e-6;
    double max = target == Target.INPUTS || target == Target.EXAMPLE_WEIGHTS ? 9 : 0.999;
    return new TargetSettings(target, granularity, target.scale(), initial, min, max);
  }

  static TuningSettings training(UpdateRule rule, OuterLoss loss, List<TargetSettings> targets) {
    boolean learnt = targets.get(Target.INPUTS.ordinal()).isTuned();
    boolean weighed = targets.get(Target.EXAMPLE_WEIGHTS.ordinal()).isTuned();
    return new TuningSettings(
        new PerceptronArchitecture(
            List.of(new PerceptronArchitecture.Layer(2, Activation.TANH, 0, List.of()))),
        Initialisation.NORMAL,
        rule,
        Schedule.CONSTANT,
        STEPS,
        learnt ? ROWS : 4,
        loss,
        targets,
        weighed ? ExampleWeighting.SOFTMAX : ExampleWeighting.NONE,
        learnt ? ROWS : 0);
  }

  static TuningProgram<TFloat64> program(
      TuningSettings settings, HypergradientEstimator estimator) {
    return new TuningProgram<>(
        TFloat64.class, settings, CONSTANTS, data(settings), estimator, CONFIG);
  }

  static TuningSettings scheduled(TuningSettings settings, Schedule schedule) {
    return new TuningSettings(
        settings.architecture(),
        settings.initialisation(),
        settings.rule(),
        schedule,
        settings.steps(),
        settings.batch(),
        settings.outerLoss(),
        settings.targets(),
        settings.exampleWeighting(),
        settings.learntRows());
  }

  static TuningProgram<TFloat64> program(
      TuningSettings settings, List<int[]> batches, long weightSeed) {
    TuningData data = data(settings);
    TuningData other =
        new TuningData(data.training(), data.validation(), batches, weightSeed, data.noiseSeed());
    return new TuningProgram<>(TFloat64.class, settings, CONSTANTS, other, new Unrolled(), CONFIG);
  }

  static TunedTraining reversible(TuningSettings settings) {
    return TunedTraining.of(
        TFloat64.class,
        settings,
        CONSTANTS,
        data(settings),
        new ResponseSettings.Reversible(),
        CONFIG);
  }

  /** A training to rest on all rows, by conjugate gradients without damping. */
  static TunedTraining resting(TuningSettings settings, RestSettings rest) {
    TuningData data = data(settings);
    TuningData whole =
        new TuningData(
            data.training(),
            data.validation(),
            List.of(IntStream.range(0, ROWS).toArray()),
            data.weightSeed(),
            data.noiseSeed());
    return TunedTraining.toRest(
        TFloat64.class,
        settings,
        rest,
        CONSTANTS,
        whole,
        new ResponseSettings.ConjugateGradient(40, 0, 0),
        CONFIG);
  }

  private static TuningData data(TuningSettings settings) {
    List<int[]> batches =
        settings.learntRows() > 0
            ? List.of(new int[] {0, 1, 2, 3, 4, 5})
            : List.of(new int[] {0, 1, 2, 3}, new int[] {4, 5, 0, 1}, new int[] {2, 3, 4, 5});
    return new TuningData(rows(1, ROWS), rows(2, 5), batches, 11, 12);
  }

  static Inputs rows(long seed, int count) {
    Random random = new Random(seed);
    float[] features = new float[count * 3];
    int[] labels = new int[count];
    for (int index = 0; index < features.length; index++) {
      features[index] = (float) random.nextGaussian();
    }
    for (int index = 0; index < count; index++) {
      labels[index] = index % 3;
    }
    return Inputs.of(
        new Dataset(features, 3, labels, List.of("a", "b", "c"), List.of("x", "y", "z")));
  }
}
