package io.tandem.graph.tuning;

import io.tandem.graph.inner.UpdateRule;
import io.tandem.space.Course;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.Schedule;
import java.util.List;

/**
 * The training that is tuned.
 *
 * @param architecture hidden layers of the network; none is softmax regression
 * @param initialisation how weights are drawn
 * @param rule update rule
 * @param schedule factor on the learning rate over the steps
 * @param warmup share of the steps that is warm-up where the schedule has one, in (0, 1)
 * @param steps training steps, positive
 * @param batch training rows of a step, positive; all of them where there are fewer
 * @param outerLoss what is to be minimised
 * @param targets every target once, in the order of {@link Target}
 * @param exampleWeighting how examples are weighed
 * @param learntRows number of learnt training rows, class by class in turn; 0 trains on the data
 */
public record TuningSettings(
    PerceptronArchitecture architecture,
    Initialisation initialisation,
    UpdateRule rule,
    Schedule schedule,
    double warmup,
    int steps,
    int batch,
    OuterLoss outerLoss,
    List<TargetSettings> targets,
    ExampleWeighting exampleWeighting,
    int learntRows) {

  /** With the usual warm-up. */
  public TuningSettings(
      PerceptronArchitecture architecture,
      Initialisation initialisation,
      UpdateRule rule,
      Schedule schedule,
      int steps,
      int batch,
      OuterLoss outerLoss,
      List<TargetSettings> targets,
      ExampleWeighting exampleWeighting,
      int learntRows) {
    this(
        architecture,
        initialisation,
        rule,
        schedule,
        Schedule.WARMUP,
        steps,
        batch,
        outerLoss,
        targets,
        exampleWeighting,
        learntRows);
  }

  /** Checks that every target is there. */
  public TuningSettings {
    targets = List.copyOf(targets);
    if (!targets.stream().map(TargetSettings::target).toList().equals(List.of(Target.values()))) {
      throw new IllegalArgumentException("every target is needed once, in order");
    }
    if (steps < 1 || batch < 1 || learntRows < 0) {
      throw new IllegalArgumentException("steps and batch must be positive");
    }
  }

  /** The settings of a target. */
  public TargetSettings of(Target target) {
    return targets.get(target.ordinal());
  }

  /** Factor on the learning rate in the middle of a step: at its beginning a warm-up has 0. */
  public double scheduleFactor(int step) {
    return schedule.factor(Course.of((step + 0.5) / steps), warmup);
  }

  /** The same training with other targets. */
  public TuningSettings withTargets(List<TargetSettings> others) {
    return new TuningSettings(
        architecture,
        initialisation,
        rule,
        schedule,
        warmup,
        steps,
        batch,
        outerLoss,
        others,
        exampleWeighting,
        learntRows);
  }

  /** The same training with another number of steps. */
  TuningSettings withSteps(int others) {
    return new TuningSettings(
        architecture,
        initialisation,
        rule,
        schedule,
        warmup,
        others,
        batch,
        outerLoss,
        targets,
        exampleWeighting,
        learntRows);
  }

  /** What is tuned, in order. */
  public List<TargetSettings> tuned() {
    return targets.stream().filter(TargetSettings::isTuned).toList();
  }

  /** Number of layers with weights. */
  public int layers() {
    return architecture.layers().size() + 1;
  }
}
