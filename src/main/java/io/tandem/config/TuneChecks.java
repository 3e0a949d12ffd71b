package io.tandem.config;

import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.Refine;
import io.tandem.config.proto.Tune;
import io.tandem.config.proto.TuneTarget;
import io.tandem.config.text.Layers;
import io.tandem.config.text.Problems;
import io.tandem.graph.inner.UpdateRule;
import io.tandem.graph.tuning.Granularity;
import io.tandem.graph.tuning.Target;
import io.tandem.space.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What each field of {@code tune} allows but the fields together do not. */
final class TuneChecks {
  private final Tune tune;
  private final Experiment experiment;
  private final Experiment reference;
  private final Layers layers;
  private final Problems problems;

  TuneChecks(Experiment experiment, Experiment reference, Layers layers, Problems problems) {
    this.reference = reference;
    this.experiment = experiment;
    this.tune = experiment.getTune();
    this.layers = layers;
    this.problems = problems;
  }

  void check() {
    if (tune.getSteps() == 0) {
      found(
          "tune.steps", "0 is not allowed, expected 1..100000; use 1 for a one-step approximation");
    }
    for (Target target : Target.values()) {
      if (isPlain(target)) {
        checkTarget(target, TuneMapping.message(target, tune));
      }
    }
    List<Target> tuned = tuned(tune);
    checkNetwork(tuned);
    checkInputs(tuned);
    checkEstimator(tuned);
    checkReversible(tuned);
    if (!tuned.isEmpty()) {
      new RestChecks(experiment, reference, this::found).check(tuned);
    }
  }

  /** Whether anything is tuned, so that the experiment is one for {@code tandem tune}. */
  static boolean isTuning(Tune tune) {
    return !tuned(tune).isEmpty();
  }

  private static List<Target> tuned(Tune tune) {
    List<Target> tuned = new ArrayList<>();
    for (Target target : Target.values()) {
      boolean moves =
          switch (target) {
            case EXAMPLE_WEIGHTS -> tune.getExampleWeights() != Tune.ExampleWeights.NONE;
            case INPUTS -> tune.getInputs().getRows() > 0;
            case LEARNING_RATE,
                MOMENTUM,
                BETA2,
                EPSILON,
                CLIP_NORM,
                WEIGHT_DECAY,
                L2,
                LABEL_SMOOTHING,
                DROPOUT,
                INITIAL_SCALE ->
                TuneMapping.message(target, tune).getGranularity() != TuneTarget.Granularity.FIXED;
          };
      if (moves) {
        tuned.add(target);
      }
    }
    return tuned;
  }

  private static boolean isPlain(Target target) {
    return target != Target.EXAMPLE_WEIGHTS && target != Target.INPUTS;
  }

  private void checkTarget(Target target, TuneTarget message) {
    String path = "tune." + target.key();
    Granularity granularity = Granularity.valueOf(message.getGranularity().name());
    if (!target.granularities().contains(granularity)) {
      found(
          path + ".granularity",
          granularity
              + " is not allowed, expected one of "
              + target.granularities().toString().replaceAll("[\\[\\]]", ""));
    }
    if (granularity != Granularity.FIXED) {
      checkRange(path, message);
      checkInitial(path, message);
    } else if (isRefined(target)) {
      checkRange(path, message);
    }
  }

  private boolean isRefined(Target target) {
    Refine refine = experiment.getSearch().getRefine();
    return refine.getSteps() > 0 && TuneMapping.refined(refine).contains(target);
  }

  private void checkRange(String path, TuneTarget message) {
    Scale scale = Scale.valueOf(message.getScale().name());
    if (scale != Scale.LINEAR && message.getMin() <= 0) {
      found(
          path + ".min",
          message.getMin() + " is not allowed with scale " + scale + ", expected above 0");
    }
    if (scale == Scale.LOGIT && message.getMax() >= 1) {
      found(path + ".max", message.getMax() + " is not allowed with scale LOGIT, expected below 1");
    }
    if (!(message.getMin() < message.getMax())) {
      found(
          path,
          "min "
              + message.getMin()
              + " is not below max "
              + message.getMax()
              + "; exchange them or set granularity FIXED");
    }
  }

  private void checkInitial(String path, TuneTarget message) {
    if (!(message.getMin() <= message.getInitial() && message.getInitial() <= message.getMax())) {
      found(
          path + ".initial",
          message.getInitial()
              + " is not allowed, expected "
              + message.getMin()
              + ".."
              + message.getMax()
              + " where it is tuned; change it or the range");
    }
  }

  private void checkNetwork(List<Target> tuned) {
    UpdateRule rule = UpdateRule.valueOf(tune.getRule().name());
    if (!rule.hasMomentum() && tuned.contains(Target.MOMENTUM)) {
      unused("momentum", rule + " has none; use MOMENTUM, AVERAGED_MOMENTUM, NESTEROV or ADAM");
    }
    for (Target target : List.of(Target.BETA2, Target.EPSILON)) {
      if (!rule.hasSecondMoment() && tuned.contains(target)) {
        unused(target.key(), rule + " has none; use RMSPROP, ADAM or ADAMW");
      }
    }
    if (tune.getUnitsList().isEmpty() && tuned.contains(Target.DROPOUT)) {
      unused("dropout", "there is no hidden layer to drop from; give tune.units");
    }
    boolean zero = tune.getInitialWeights() == Tune.InitialWeights.ZERO;
    if (zero && !tune.getUnitsList().isEmpty()) {
      found(
          "tune.initial_weights",
          "ZERO is not allowed with hidden layers, which would all learn the same; use BY_FAN_IN");
    }
    if (zero && tuned.contains(Target.INITIAL_SCALE)) {
      unused("initial_scale", "initial weights are ZERO; use BY_FAN_IN or NORMAL");
    }
  }

  private void unused(String key, String why) {
    found("tune." + key + ".granularity", "nothing to tune, " + why);
  }

  private void checkInputs(List<Target> tuned) {
    if (tuned.contains(Target.INPUTS) && tuned.contains(Target.EXAMPLE_WEIGHTS)) {
      found(
          "tune.example_weights",
          tune.getExampleWeights() + " is not allowed with learnt inputs, expected NONE");
    }
    if (!(tune.getInputs().getMin() < tune.getInputs().getMax())
        || tune.getInputs().getMin() > 0
        || tune.getInputs().getMax() < 0) {
      found(
          "tune.inputs",
          tune.getInputs().getMin()
              + ".."
              + tune.getInputs().getMax()
              + " is not allowed, expected a range that holds 0, where the rows start");
    }
  }

  private void checkEstimator(List<Target> tuned) {
    String estimator = experiment.getResponse().getEstimatorCase().name().toLowerCase(Locale.ROOT);
    for (Target target : tuned) {
      List<String> able = Estimators.differentiating(target);
      if (!able.contains(estimator)) {
        String path = path(target);
        found(
            path,
            "response "
                + estimator
                + " cannot differentiate "
                + target.key()
                + ", "
                + Estimators.reason(target, estimator)
                + "; use --set response="
                + String.join(" or ", able));
      }
    }
  }

  private void checkReversible(List<Target> tuned) {
    if (!experiment.getResponse().hasReversible() || tuned.isEmpty()) {
      return;
    }
    if (tune.getRule() != Tune.Rule.MOMENTUM && tune.getRule() != Tune.Rule.AVERAGED_MOMENTUM) {
      found(
          "tune.rule",
          tune.getRule()
              + " is not allowed with response reversible, expected MOMENTUM or"
              + " AVERAGED_MOMENTUM; or use response unrolled");
    }
    if (tune.getClipNorm().getInitial() != 0) {
      found(
          "tune.clip_norm.initial",
          tune.getClipNorm().getInitial()
              + " is not allowed with response reversible, expected 0; or use response unrolled");
    }
    double least =
        tuned.contains(Target.MOMENTUM)
            ? tune.getMomentum().getMin()
            : tune.getMomentum().getInitial();
    if (least < Estimators.LEAST_REVERSIBLE_MOMENTUM) {
      found(
          tuned.contains(Target.MOMENTUM) ? "tune.momentum.min" : "tune.momentum.initial",
          least
              + " is not allowed with response reversible, expected at least "
              + Estimators.LEAST_REVERSIBLE_MOMENTUM);
    }
  }

  private static String path(Target target) {
    return switch (target) {
      case EXAMPLE_WEIGHTS -> "tune.example_weights";
      case INPUTS -> "tune.inputs.rows";
      case LEARNING_RATE,
          MOMENTUM,
          BETA2,
          EPSILON,
          CLIP_NORM,
          WEIGHT_DECAY,
          L2,
          LABEL_SMOOTHING,
          DROPOUT,
          INITIAL_SCALE ->
          "tune." + target.key() + ".granularity";
    };
  }

  private void found(String path, String text) {
    problems.add(layers.place(path), path + ": " + text);
  }
}
