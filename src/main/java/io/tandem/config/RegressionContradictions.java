package io.tandem.config;

import io.tandem.config.proto.Data;
import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.FixedOptimizer;
import io.tandem.config.proto.OptimizerSpace;
import io.tandem.config.proto.Regression;
import io.tandem.config.proto.TuneTarget;
import java.util.function.BiConsumer;

/** Finds settings that contradict regression, and settings that only regression has. */
final class RegressionContradictions {
  /** The default, which nobody has chosen. */
  private static final String LABEL = "-1";

  /** The default. */
  private static final double DELTA = 1;

  private static final String CLASSES_ALONE =
      " is not allowed with data.format.target: numbers have no classes; use 0";

  private final Experiment experiment;
  private final BiConsumer<String, String> found;

  /**
   * Creates the check.
   *
   * @param experiment what is checked
   * @param found takes path and text of a problem
   */
  RegressionContradictions(Experiment experiment, BiConsumer<String, String> found) {
    this.experiment = experiment;
    this.found = found;
  }

  void check() {
    Data data = experiment.getData();
    if (data.getFormat().getTargetCount() == 0) {
      checkUnused(data.getRegression());
      return;
    }
    if (data.getRegression().getLoss() != Regression.Loss.HUBER
        && data.getRegression().getDelta() != DELTA) {
      found.accept(
          "data.regression.delta",
          data.getRegression().getDelta() + " is not allowed without loss HUBER; leave it out");
    }
    if (!Contradictions.isTable(data)) {
      found.accept(
          "data.format.target",
          "only allowed with a table: data.csv, csv_parts, parquet or jdbc; leave it out");
      return;
    }
    if (!data.getFormat().getLabel().equals(LABEL)) {
      found.accept(
          "data.format.target",
          "not allowed together with data.format.label: a run predicts numbers or a class; leave one"
              + " out");
    }
    refuse("data.wrong_labels", data.getWrongLabels());
    OptimizerSpace space = experiment.getSpace().getOptimizer();
    refuse("space.optimizer.label_smoothing.max", space.getLabelSmoothing().getMax());
    refuse("space.optimizer.class_balance.max", space.getClassBalance().getMax());
    var smoothing = experiment.getTune().getLabelSmoothing();
    if (smoothing.getGranularity() != TuneTarget.Granularity.FIXED || smoothing.getInitial() > 0) {
      found.accept(
          "tune.label_smoothing",
          "not allowed with data.format.target: numbers have no classes; use granularity FIXED and"
              + " initial 0");
    }
    FixedOptimizer fixed = experiment.getFixedOptimizer();
    refuse("fixed_optimizer.label_smoothing", fixed.getLabelSmoothing());
    refuse("fixed_optimizer.class_balance", fixed.getClassBalance());
  }

  private void checkUnused(Regression regression) {
    if (regression.getLoss() != Regression.Loss.SQUARED
        || regression.getDelta() != DELTA
        || regression.getLogarithm()) {
      found.accept(
          "data.regression",
          "only allowed with data.format.target, which names the numbers to predict; leave it out");
    }
  }

  private void refuse(String path, double value) {
    if (value > 0) {
      found.accept(path, value + CLASSES_ALONE);
    }
  }
}
