package io.tandem.run.tune;

import io.tandem.audit.AuditProblem;
import io.tandem.config.Estimators;
import io.tandem.config.Experiment;
import io.tandem.data.DataSplit;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.inner.UpdateRule;
import io.tandem.graph.session.SessionConfig;
import io.tandem.graph.tuning.Target;
import io.tandem.graph.tuning.TunedTraining;
import io.tandem.graph.tuning.TuningSettings;
import java.util.Locale;
import java.util.Optional;
import org.tensorflow.types.TFloat64;

/**
 * An experiment's training in float64, for its audit. Sample {@code n} has the draws of seed + n.
 */
final class AuditedTraining implements AuditProblem {
  // float64 takes twice what is estimated for float32.
  private static final double WIDTH = 2;

  private final Experiment experiment;
  private final TuningSettings training;
  private final TuningInputs inputs;
  private final TuningMemory memory;

  AuditedTraining(Experiment experiment, DataSplit data) {
    this.experiment = experiment;
    training = AuditedSettings.of(experiment);
    inputs = new TuningInputs(data, training, experiment.tune().standardise());
    memory = new TuningMemory(training, inputs, experiment.tune().memoryMib());
  }

  @Override
  public Optional<String> obstacle(ResponseSettings estimator) {
    if (estimator instanceof ResponseSettings.Reversible) {
      return irreversible();
    }
    if (estimator instanceof ResponseSettings.None) {
      return Optional.empty();
    }
    return estimator instanceof ResponseSettings.Unrolled unrolled
        ? tooLarge(unrolled.truncate() > 0 ? unrolled.truncate() : training.steps())
        : tooLarge(0);
  }

  private Optional<String> irreversible() {
    if (training.rule() != UpdateRule.MOMENTUM && training.rule() != UpdateRule.AVERAGED_MOMENTUM) {
      return Optional.of(
          "it reverses MOMENTUM and AVERAGED_MOMENTUM, and the rule is " + training.rule());
    }
    if (training.of(Target.CLIP_NORM).isTuned() || training.of(Target.CLIP_NORM).initial() != 0) {
      return Optional.of("it cannot reverse a clipped gradient, and clip_norm is not 0");
    }
    return training.of(Target.MOMENTUM).initial() < Estimators.LEAST_REVERSIBLE_MOMENTUM
        ? Optional.of(
            "too few digits of a velocity are left by a momentum below "
                + Estimators.LEAST_REVERSIBLE_MOMENTUM)
        : Optional.empty();
  }

  private Optional<String> tooLarge(int differentiated) {
    double needed = WIDTH * memory.needed(differentiated);
    double limit = memory.limit();
    return needed > limit
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%d steps in the graph need about %.0f MiB, %.0f MiB are free",
                training.steps(),
                needed,
                limit))
        : Optional.empty();
  }

  @Override
  public Optional<String> obstacle(ResponseSettings estimator, Target target) {
    return Estimators.obstacle(target, estimator.key());
  }

  @Override
  public ResponseSettings reference() {
    ResponseSettings unrolled = ResponseSettings.Unrolled.exact();
    if (obstacle(unrolled).isPresent()) {
      if (irreversible().isEmpty()) {
        return new ResponseSettings.Reversible();
      }
      memory.require(training.steps(), WIDTH, AuditedSettings.horizon(experiment));
    }
    return unrolled;
  }

  @Override
  public TunedTraining build(ResponseSettings estimator) {
    return TunedTraining.of(
        TFloat64.class,
        training,
        experiment.inner(),
        inputs.data(experiment.seed()),
        estimator,
        SessionConfig.ofBranches(experiment.runtime()));
  }

  @Override
  public void draw(TunedTraining changed, int sample) {
    long seed = experiment.seed() + sample;
    changed.redraw(inputs.batches(seed), TuningInputs.weightSeed(seed));
  }
}
