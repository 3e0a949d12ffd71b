package io.tandem.config;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.tandem.config.proto.LearntInputs;
import io.tandem.config.proto.Refine;
import io.tandem.config.proto.Tune;
import io.tandem.config.proto.TuneGuard;
import io.tandem.config.proto.TuneOuter;
import io.tandem.config.proto.TuneTarget;
import io.tandem.graph.inner.UpdateRule;
import io.tandem.graph.tuning.ExampleWeighting;
import io.tandem.graph.tuning.Granularity;
import io.tandem.graph.tuning.Initialisation;
import io.tandem.graph.tuning.OuterLoss;
import io.tandem.graph.tuning.Target;
import io.tandem.graph.tuning.TargetSettings;
import io.tandem.graph.tuning.TuningSettings;
import io.tandem.space.Activation;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.Scale;
import io.tandem.space.Schedule;
import io.tandem.tune.GuardSettings;
import io.tandem.tune.OuterSettings;
import io.tandem.tune.RefineSettings;
import io.tandem.tune.TuneSettings;
import java.util.Arrays;
import java.util.List;

/** From a checked {@code tune} message to records. */
final class TuneMapping {
  // Coordinates of example weights are not bounded; beyond this they change nothing in float32.
  private static final double WEIGHT_BOUND = 50;

  private TuneMapping() {}

  static TuneSettings settings(Tune proto) {
    Activation activation = Activation.valueOf(proto.getActivation().name());
    TuningSettings training =
        new TuningSettings(
            new PerceptronArchitecture(
                proto.getUnitsList().stream()
                    .map(units -> new PerceptronArchitecture.Layer(units, activation, 0, List.of()))
                    .toList()),
            Initialisation.valueOf(proto.getInitialWeights().name()),
            UpdateRule.valueOf(proto.getRule().name()),
            Schedule.CONSTANT,
            proto.getSteps(),
            proto.getBatch(),
            OuterLoss.valueOf(proto.getLoss().name()),
            Arrays.stream(Target.values()).map(target -> target(target, proto)).toList(),
            ExampleWeighting.valueOf(proto.getExampleWeights().name()),
            proto.getInputs().getRows());
    return new TuneSettings(
        training,
        proto.getStandardise(),
        proto.getToRest(),
        proto.getWarmStart(),
        outer(proto.getOuter()),
        guard(proto.getGuard()),
        proto.getMemoryMib());
  }

  /** What moves where comes from {@code tune}; nothing if it is off. */
  static RefineSettings refinement(Refine proto, Tune tune) {
    OuterSettings outer = outer(tune.getOuter());
    return new RefineSettings(
        new OuterSettings(
            proto.getSteps(),
            outer.method(),
            proto.getLearningRate(),
            outer.beta1(),
            outer.beta2(),
            outer.epsilon(),
            outer.tolerance(),
            outer.decrease()),
        guard(tune.getGuard()),
        proto.getHorizon(),
        refined(proto).stream().map(target -> range(target, message(target, tune))).toList());
  }

  /** What is refined, in the order of the targets. */
  static List<Target> refined(Refine proto) {
    return proto.getHyperparametersList().stream()
        .map(name -> Target.valueOf(name.name()))
        .sorted()
        .toList();
  }

  private static RefineSettings.Move range(Target target, TuneTarget message) {
    return new RefineSettings.Move(
        target, Scale.valueOf(message.getScale().name()), message.getMin(), message.getMax());
  }

  /** The message of a target that is a plain value. */
  static TuneTarget message(Target target, Tune proto) {
    FieldDescriptor field = Tune.getDescriptor().findFieldByName(target.key());
    return (TuneTarget) proto.getField(field);
  }

  private static TargetSettings target(Target target, Tune proto) {
    if (target == Target.EXAMPLE_WEIGHTS) {
      boolean tuned = proto.getExampleWeights() != Tune.ExampleWeights.NONE;
      return new TargetSettings(
          target,
          tuned ? Granularity.EXAMPLE : Granularity.FIXED,
          Scale.LINEAR,
          0,
          -WEIGHT_BOUND,
          WEIGHT_BOUND);
    }
    if (target == Target.INPUTS) {
      LearntInputs inputs = proto.getInputs();
      return new TargetSettings(
          target,
          inputs.getRows() > 0 ? Granularity.FEATURE : Granularity.FIXED,
          Scale.LINEAR,
          0,
          inputs.getMin(),
          inputs.getMax());
    }
    TuneTarget message = message(target, proto);
    return new TargetSettings(
        target,
        Granularity.valueOf(message.getGranularity().name()),
        Scale.valueOf(message.getScale().name()),
        message.getInitial(),
        message.getMin(),
        message.getMax());
  }

  private static OuterSettings outer(TuneOuter proto) {
    return new OuterSettings(
        proto.getSteps(),
        OuterSettings.Method.valueOf(proto.getMethod().name()),
        proto.getLearningRate(),
        proto.getBeta1(),
        proto.getBeta2(),
        proto.getEpsilon(),
        proto.getTolerance(),
        OuterSettings.Decrease.valueOf(proto.getDecrease().name()));
  }

  private static GuardSettings guard(TuneGuard proto) {
    return new GuardSettings(
        proto.getExplosion(), proto.getFlip(), proto.getShrink(), proto.getRecover());
  }
}
