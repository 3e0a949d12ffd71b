package io.tandem.config;

import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.Family;
import io.tandem.config.proto.FamilyRanges;
import io.tandem.config.proto.FixedOptimizer;
import io.tandem.config.proto.OptimizerSpace;
import io.tandem.config.proto.PerceptronSpace;
import io.tandem.config.proto.Range;
import io.tandem.config.proto.RecurrentSpace;
import io.tandem.config.proto.Schedule;
import io.tandem.config.proto.SearchSpace;
import io.tandem.config.proto.Strategy;
import io.tandem.space.OptimizerFamily;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/** What the fields of a search space allow one by one but not together. */
final class SpaceContradictions {
  /** What may be fixed at 0, but is searched on a scale that 0 is not on. */
  private static final Set<String> NEVER_ZERO =
      Set.of("momentum", "weight_decay", "beta2", "warmup");

  /** The update rules that average squared gradients. */
  private static final List<Family> MOMENTS = List.of(Family.RMSPROP, Family.ADAM, Family.ADAMW);

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
    checkMoments(optimizer);
    checkWarmup(optimizer);
    checkBatchSizes(optimizer.getBatchSizesList());
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
    distinct("space.perceptron.embeddings", perceptron.getEmbeddingsList());
    if (perceptron.getOptionalLayers() && perceptron.getLayers() == 1) {
      found.accept(
          "space.perceptron.optional_layers",
          "true has no effect with layers = 1, which is always there; use false or more layers");
    }
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
    SpaceMapping.each(space, Range.class::cast)
        .forEach((name, range) -> checkRange("space.optimizer." + name.key(), name.key(), range));
    SpaceMapping.families(space.getByFamily()).forEach(this::checkFamily);
  }

  /** A decay of squared gradients needs an update rule that averages them. */
  private void checkMoments(OptimizerSpace space) {
    FixedOptimizer fixed = experiment.getFixedOptimizer();
    if (space.getBeta2().getMax() > 0
        && !MOMENTS.stream().anyMatch(space.getFamiliesList()::contains)) {
      found.accept(
          "space.optimizer.beta2",
          "has no effect on "
              + space.getFamiliesList()
              + "; remove it, or add one of "
              + MOMENTS
              + " to families");
    }
    SpaceMapping.families(space.getByFamily())
        .forEach(
            (family, own) -> {
              if (own.hasBeta2() && !MOMENTS.contains(Family.valueOf(family.name()))) {
                found.accept(
                    "space.optimizer.by_family."
                        + family.name().toLowerCase(Locale.ROOT)
                        + ".beta2",
                    "has no effect on " + family + "; remove it");
              }
            });
    if (fixed.getBeta2() > 0 && !MOMENTS.contains(fixed.getFamily())) {
      found.accept(
          "fixed_optimizer.beta2",
          fixed.getBeta2()
              + " has no effect on "
              + fixed.getFamily()
              + "; use 0, or one of "
              + MOMENTS
              + " as family");
    }
  }

  /** Look-aheads have one batch, and candidates with a fixed optimizer that of the retraining. */
  private void checkBatchSizes(List<Integer> sizes) {
    if (sizes.isEmpty()) {
      return;
    }
    String path = "space.optimizer.batch_sizes";
    distinct(path, sizes);
    Strategy strategy = experiment.getSearch().getStrategy();
    if (strategy == Strategy.JOINT || strategy == Strategy.ENAS) {
      found.accept(
          path,
          sizes
              + " is not allowed with strategy "
              + strategy
              + (strategy == Strategy.JOINT
                  ? ", whose look-aheads all have search.batch rows"
                  : ", whose candidates all have the optimizer fixed_optimizer and retrain.batch"
                      + " rows")
              + "; remove it, or use a strategy that trains every candidate from scratch, for"
              + " example JOINT_HALVING");
    }
  }

  /** A warm-up needs the schedule that has one. */
  private void checkWarmup(OptimizerSpace space) {
    FixedOptimizer fixed = experiment.getFixedOptimizer();
    if (space.getWarmup().getMax() > 0
        && !space.getSchedulesList().contains(Schedule.WARMUP_LINEAR)) {
      found.accept(
          "space.optimizer.warmup",
          "has no effect on "
              + space.getSchedulesList()
              + "; remove it, or add WARMUP_LINEAR to schedules");
    }
    if (fixed.getWarmup() > 0 && fixed.getSchedule() != Schedule.WARMUP_LINEAR) {
      found.accept(
          "fixed_optimizer.warmup",
          fixed.getWarmup()
              + " has no effect on "
              + fixed.getSchedule()
              + "; use 0, or WARMUP_LINEAR as schedule");
    }
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
    boolean positive = NEVER_ZERO.contains(key);
    if (positive && range.getMin() == 0 && range.getMax() > 0) {
      found.accept(
          path + ".min", "0 is not allowed in a searched range; use a small positive number");
    }
  }
}
