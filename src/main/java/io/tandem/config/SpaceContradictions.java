package io.tandem.config;

import static java.util.Map.entry;

import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.Family;
import io.tandem.config.proto.FamilyRanges;
import io.tandem.config.proto.OptimizerSpace;
import io.tandem.config.proto.PerceptronSpace;
import io.tandem.config.proto.Range;
import io.tandem.config.proto.RecurrentSpace;
import io.tandem.config.proto.SearchSpace;
import io.tandem.space.OptimizerFamily;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/** What the fields of a search space allow one by one but not together. */
final class SpaceContradictions {
  private final Experiment experiment;
  private final BiConsumer<String, String> found;

  /**
   * Creates the check.
   *
   * @param experiment what is checked
   * @param found takes path and text of a problem
   */
  SpaceContradictions(Experiment experiment, BiConsumer<String, String> found) {
    this.experiment = experiment;
    this.found = found;
  }

  void check() {
    SearchSpace space = experiment.getSpace();
    switch (space.getArchitectureCase()) {
      case MACRO -> checkImages("space.macro", space.getMacro().getOperationsList());
      case MICRO -> checkImages("space.micro", space.getMicro().getOperationsList());
      case RECURRENT -> checkRecurrent(space.getRecurrent());
      case PERCEPTRON, ARCHITECTURE_NOT_SET -> checkPerceptron(space.getPerceptron());
    }
    checkOptimizer(space.getOptimizer());
  }

  private void checkOptimizer(OptimizerSpace optimizer) {
    distinct("space.optimizer.families", optimizer.getFamiliesList());
    distinct("space.optimizer.schedules", optimizer.getSchedulesList());
    distinct(
        "search.refine.hyperparameters",
        experiment.getSearch().getRefine().getHyperparametersList());
    if (optimizer.getGridPoints() == 1) {
      found.accept("space.optimizer.grid_points", "1 is not allowed, expected 0 or 2..64");
    }
    checkRanges(optimizer);
    new LanguageHyperparameters(experiment, found).check();
  }

  private void checkImages(String path, List<?> operations) {
    distinct(path + ".operations", operations);
    new ImageContradictions(experiment, path, found).check();
  }

  private void checkRecurrent(RecurrentSpace recurrent) {
    distinct("space.recurrent.activations", recurrent.getActivationsList());
    new RecurrentContradictions(experiment, found).check();
  }

  private void checkPerceptron(PerceptronSpace perceptron) {
    distinct("space.perceptron.units", perceptron.getUnitsList());
    distinct("space.perceptron.activations", perceptron.getActivationsList());
    distinct("space.perceptron.dropouts", perceptron.getDropoutsList());
  }

  private void distinct(String path, List<?> values) {
    if (values.isEmpty()) {
      found.accept(path, "empty, expected at least one choice");
    }
    if (new HashSet<>(values).size() < values.size()) {
      found.accept(path, values + " repeats a choice; remove it");
    }
  }

  private void checkRanges(OptimizerSpace space) {
    Map.ofEntries(
            entry("learning_rate", space.getLearningRate()),
            entry("momentum", space.getMomentum()),
            entry("weight_decay", space.getWeightDecay()),
            entry("clip_norm", space.getClipNorm()),
            entry("label_smoothing", space.getLabelSmoothing()),
            entry("augmentation", space.getAugmentation()),
            entry("initial_scale", space.getInitialScale()),
            entry("loss_weighting", space.getLossWeighting()),
            entry("class_balance", space.getClassBalance()),
            entry("embedding_dropout", space.getEmbeddingDropout()),
            entry("input_dropout", space.getInputDropout()),
            entry("state_dropout", space.getStateDropout()),
            entry("output_dropout", space.getOutputDropout()),
            entry("activation_weight", space.getActivationWeight()),
            entry("slowness_weight", space.getSlownessWeight()))
        .forEach((key, range) -> checkRange("space.optimizer." + key, key, range));
    SpaceMapping.families(space.getByFamily()).forEach(this::checkFamily);
  }

  private void checkFamily(OptimizerFamily family, FamilyRanges own) {
    String path = "space.optimizer.by_family." + family.name().toLowerCase(Locale.ROOT);
    if (!space().getFamiliesList().contains(Family.valueOf(family.name()))) {
      found.accept(
          path, "is not one of space.optimizer.families; add " + family + " there or remove this");
    }
    own.getAllFields()
        .forEach(
            (field, range) ->
                checkRange(path + "." + field.getName(), field.getName(), (Range) range));
  }

  private OptimizerSpace space() {
    return experiment.getSpace().getOptimizer();
  }

  private void checkRange(String path, String key, Range range) {
    if (!range.hasMin() || !range.hasMax()) {
      found.accept(path, "has one end only, expected min and max");
      return;
    }
    if (range.getMin() > range.getMax()) {
      found.accept(
          path,
          "min "
              + range.getMin()
              + " is above max "
              + range.getMax()
              + "; exchange them or set both to one value to fix it");
    }
    boolean positive = key.equals("momentum") || key.equals("weight_decay");
    if (positive && range.getMin() == 0 && range.getMax() > 0) {
      found.accept(
          path + ".min", "0 is not allowed in a searched range; use a small positive number");
    }
  }
}
