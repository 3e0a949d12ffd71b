package io.tandem.config;

import io.tandem.config.proto.ClassWeight;
import io.tandem.config.proto.Data;
import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.Retrain;
import io.tandem.data.Quote;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Finds settings for rare classes that contradict others. */
final class ImbalanceContradictions {
  private static final String WEIGHTS = "data.class_weights";
  private static final String THRESHOLD = "retrain.threshold";

  private final Experiment experiment;
  private final BiConsumer<String, String> found;

  /**
   * Creates the check.
   *
   * @param experiment what is checked
   * @param found takes path and text of a problem
   */
  ImbalanceContradictions(Experiment experiment, BiConsumer<String, String> found) {
    this.experiment = experiment;
    this.found = found;
  }

  void check() {
    checkWeights(experiment.getData());
    checkThreshold(experiment.getData(), experiment.getRetrain());
  }

  private void checkThreshold(Data data, Retrain retrain) {
    if (retrain.getThreshold() == Retrain.Threshold.NONE) {
      return;
    }
    if (data.hasText()) {
      found.accept(THRESHOLD, "not allowed with data.text, whose words are no classes; use NONE");
    } else if (data.getFormat().getTargetCount() > 0) {
      found.accept(
          THRESHOLD, "not allowed with data.format.target: numbers have no classes; use NONE");
    }
    if (retrain.getWithValidation()) {
      found.accept(
          THRESHOLD,
          retrain.getThreshold()
              + " is not allowed with retrain.with_validation, as nothing is left to choose a"
              + " threshold on if the validation part is trained on; set it to false or leave it"
              + " out");
    }
  }

  private void checkWeights(Data data) {
    List<ClassWeight> weights = data.getClassWeightsList();
    if (weights.isEmpty()) {
      return;
    }
    if (data.hasText()) {
      found.accept(WEIGHTS, "not allowed with data.text, whose words are no classes; leave it out");
    } else if (data.getFormat().getTargetCount() > 0) {
      found.accept(
          WEIGHTS,
          "not allowed with data.format.target: numbers have no classes; leave one of them out");
    }
    Set<String> names = new HashSet<>();
    for (ClassWeight weight : weights) {
      if (!weight.hasClass_()) {
        found.accept(WEIGHTS + ".class", "missing; name a class");
      } else if (!names.add(weight.getClass_())) {
        found.accept(
            WEIGHTS + ".class",
            Quote.quoted(weight.getClass_()) + " has two weights, expected one; leave one out");
      }
      if (!weight.hasWeight()) {
        found.accept(
            WEIGHTS + ".weight", "missing; say how much a row counts, relative to 1 of others");
      }
    }
  }
}
