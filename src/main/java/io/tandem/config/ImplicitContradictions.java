package io.tandem.config;

import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.Family;
import io.tandem.config.proto.OptimizerSpace;
import io.tandem.config.proto.Range;
import io.tandem.config.proto.Response;
import io.tandem.config.proto.Strategy;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * What an implicit estimator cannot differentiate: everything that decides how training gets to its
 * point of rest and not where that is. Its response would be 0, which a search would follow.
 */
final class ImplicitContradictions {
  private static final String REMEDY = " or use response unrolled, which can";

  private final Experiment experiment;
  private final BiConsumer<String, String> found;

  /**
   * Creates the check.
   *
   * @param experiment what is checked
   * @param found takes path and text of a problem
   */
  ImplicitContradictions(Experiment experiment, BiConsumer<String, String> found) {
    this.experiment = experiment;
    this.found = found;
  }

  void check() {
    Response response = experiment.getResponse();
    boolean implicit = response.hasConjugateGradient() || response.hasNeumann();
    if (!implicit || experiment.getSearch().getStrategy() != Strategy.JOINT) {
      return;
    }
    OptimizerSpace space = experiment.getSpace().getOptimizer();
    checkRange("learning_rate", space.getLearningRate());
    checkRange("momentum", space.getMomentum());
    checkRange("clip_norm", space.getClipNorm());
    checkRange("beta2", space.getBeta2());
    checkRange("warmup", space.getWarmup());
    SpaceMapping.families(space.getByFamily())
        .forEach(
            (family, own) -> {
              String place = "by_family." + family.name().toLowerCase(Locale.ROOT) + ".";
              checkRange(place + "learning_rate", own.getLearningRate());
              checkRange(place + "momentum", own.getMomentum());
              checkRange(place + "beta2", own.getBeta2());
            });
    if (space.getFamiliesCount() > 1) {
      cannot("families", "the update rule does", "name one");
    }
    if (space.getSchedulesCount() > 1) {
      cannot("schedules", "a schedule does", "name one");
    }
    Range decay = space.getWeightDecay();
    if (space.getFamiliesList().contains(Family.ADAMW) && decay.getMin() != decay.getMax()) {
      found.accept(
          "space.optimizer.weight_decay",
          "cannot be searched with ADAMW and response "
              + estimator()
              + ": decoupled decay is no part of what is minimised; use ADAM, fix it (min = max)"
              + REMEDY);
    }
  }

  private void checkRange(String key, Range range) {
    if (range.getMin() != range.getMax()) {
      cannot(key, "it does", "fix it (min = max)");
    }
  }

  private void cannot(String key, String subject, String remedy) {
    found.accept(
        "space.optimizer." + key,
        "cannot be searched with response "
            + estimator()
            + ": "
            + subject
            + " not move the point where training rests; "
            + remedy
            + REMEDY);
  }

  private String estimator() {
    return experiment.getResponse().getEstimatorCase().name().toLowerCase(Locale.ROOT);
  }
}
