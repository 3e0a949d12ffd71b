package io.tandem.config;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.Tune;
import io.tandem.config.proto.TuneOuter;
import io.tandem.config.proto.TuneTarget;
import io.tandem.graph.tuning.Target;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** What trainings to rest, their warm start and their tolerances allow. */
final class RestChecks {
  private final Experiment experiment;
  private final Experiment reference;
  private final Tune tune;
  private final BiConsumer<String, String> found;

  /**
   * Creates the check.
   *
   * @param experiment what is checked
   * @param reference the defaults
   * @param found takes path and text of a problem
   */
  RestChecks(Experiment experiment, Experiment reference, BiConsumer<String, String> found) {
    this.experiment = experiment;
    this.reference = reference;
    this.tune = experiment.getTune();
    this.found = found;
  }

  void check(List<Target> tuned) {
    boolean implicit =
        experiment.getResponse().hasConjugateGradient() || experiment.getResponse().hasNeumann();
    if (tune.getWarmStart() && !tune.getToRest()) {
      found.accept(
          "tune.warm_start",
          "true is not allowed without to_rest: a training of fixed length would be longer with"
              + " every outer step; use --set tune.to_rest=true or --set tune.warm_start=false");
    }
    if (!tune.getToRest()) {
      checkTolerance();
      return;
    }
    if (!implicit) {
      found.accept(
          "tune.to_rest",
          "true is not allowed with response "
              + estimator()
              + ", which differentiates the way to the point of rest and not the point; use"
              + " --set response=conjugate_gradient or neumann, or --set tune.to_rest=false");
    }
    checkSolverTolerance();
    tuned.forEach(this::checkStepwise);
  }

  private void checkStepwise(Target target) {
    if (target == Target.EXAMPLE_WEIGHTS || target == Target.INPUTS) {
      return;
    }
    TuneTarget.Granularity granularity = TuneMapping.message(target, tune).getGranularity();
    if (granularity == TuneTarget.Granularity.STEP
        || granularity == TuneTarget.Granularity.LAYER_STEP) {
      found.accept(
          "tune." + target.key() + ".granularity",
          granularity
              + " is not allowed with to_rest: the number of steps of a training is not known"
              + " beforehand;"
              + " use GLOBAL or LAYER, or --set tune.to_rest=false");
    }
  }

  /** A tolerance that nothing looks at. */
  private void checkTolerance() {
    for (String key : List.of("tolerance", "decrease")) {
      FieldDescriptor field = TuneOuter.getDescriptor().findFieldByName(key);
      Object value = tune.getOuter().getField(field);
      if (!value.equals(reference.getTune().getOuter().getField(field))) {
        found.accept(
            "tune.outer." + key,
            value
                + " has no effect on response "
                + estimator()
                + " and trainings of fixed length; use --set tune.to_rest=true with response"
                + " conjugate_gradient or neumann, or leave it out");
      }
    }
  }

  private void checkSolverTolerance() {
    double own = experiment.getResponse().getConjugateGradient().getTolerance();
    double usual = reference.getResponseDefaults().getConjugateGradient().getTolerance();
    if (experiment.getResponse().hasConjugateGradient() && own != usual) {
      found.accept(
          "response.conjugate_gradient.tolerance",
          own
              + " has no effect with tune.to_rest, where tune.outer.tolerance takes its place; set"
              + " that and leave this out");
    }
  }

  private String estimator() {
    return experiment.getResponse().getEstimatorCase().name().toLowerCase(Locale.ROOT);
  }
}
