package io.tandem.run.tune;

import io.tandem.config.Experiment;
import io.tandem.graph.inner.UpdateRule;
import io.tandem.graph.tuning.Granularity;
import io.tandem.graph.tuning.Target;
import io.tandem.graph.tuning.TargetSettings;
import io.tandem.graph.tuning.TuningSettings;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.PerceptronSpace;
import io.tandem.space.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The training on which an experiment's estimators are judged: the one that it tunes. An experiment
 * that tunes nothing is one for a search, and is judged on its fixed optimizer, with the first of
 * everything that its space offers as the network.
 */
final class AuditedSettings {
  private AuditedSettings() {}

  /** The setting that says how many steps there are. */
  static String horizon(Experiment experiment) {
    return experiment.tune().training().tuned().isEmpty() ? "audit.steps" : "tune.steps";
  }

  static TuningSettings of(Experiment experiment) {
    TuningSettings tuning = experiment.tune().training();
    if (!tuning.tuned().isEmpty()) {
      return tuning;
    }
    OptimizerSettings optimizer = experiment.fixedOptimizer();
    UpdateRule rule = UpdateRule.valueOf(optimizer.family().name());
    List<TargetSettings> targets =
        Arrays.stream(Target.values())
            .map(
                target ->
                    judged(
                        target,
                        value(target, experiment),
                        rule,
                        experiment.data().source().predictsNumbers()))
            .toList();
    return new TuningSettings(
        tuning.architecture().layers().isEmpty()
            ? first(experiment.space().architecture().perceptron())
            : tuning.architecture(),
        tuning.initialisation(),
        rule,
        optimizer.schedule(),
        optimizer.warmup(),
        experiment.audit().steps(),
        tuning.batch(),
        tuning.outerLoss(),
        targets,
        tuning.exampleWeighting(),
        tuning.learntRows());
  }

  private static PerceptronArchitecture first(PerceptronSpace space) {
    PerceptronArchitecture.Layer layer =
        new PerceptronArchitecture.Layer(
            space.units().get(0), space.activations().get(0), 0, List.of());
    return new PerceptronArchitecture(new ArrayList<>(Collections.nCopies(space.layers(), layer)));
  }

  private static double value(Target target, Experiment experiment) {
    OptimizerSettings optimizer = experiment.fixedOptimizer();
    return switch (target) {
      case LEARNING_RATE -> optimizer.get(Hyperparameter.LEARNING_RATE);
      case MOMENTUM -> optimizer.get(Hyperparameter.MOMENTUM);
      case WEIGHT_DECAY -> optimizer.get(Hyperparameter.WEIGHT_DECAY);
      case CLIP_NORM -> optimizer.get(Hyperparameter.CLIP_NORM);
      case LABEL_SMOOTHING -> optimizer.get(Hyperparameter.LABEL_SMOOTHING);
      case INITIAL_SCALE -> optimizer.get(Hyperparameter.INITIAL_SCALE);
      case BETA2 -> experiment.inner().of(optimizer).beta2();
      case EPSILON -> experiment.inner().epsilon();
      case L2, DROPOUT, EXAMPLE_WEIGHTS, INPUTS ->
          experiment.tune().training().of(target).initial();
    };
  }

  /** One value, judged where the rule has it and it has a coordinate; numbers have no labels. */
  private static TargetSettings judged(
      Target target, double value, UpdateRule rule, boolean numbers) {
    // The one that a search and a tuning move in different coordinates.
    Scale scale =
        target == Target.LABEL_SMOOTHING ? Hyperparameter.LABEL_SMOOTHING.scale() : target.scale();
    boolean has =
        switch (target) {
          case LEARNING_RATE, WEIGHT_DECAY, CLIP_NORM, INITIAL_SCALE -> true;
          case LABEL_SMOOTHING -> !numbers;
          case MOMENTUM -> rule.hasMomentum();
          case BETA2, EPSILON -> rule.hasSecondMoment();
          case L2, DROPOUT, EXAMPLE_WEIGHTS, INPUTS -> false;
        };
    boolean judged = has && Double.isFinite(scale.forward(value));
    return new TargetSettings(
        target, judged ? Granularity.GLOBAL : Granularity.FIXED, scale, value, value, value);
  }
}
