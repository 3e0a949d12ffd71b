package io.tandem.config;

import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.Search;
import io.tandem.metric.Metric;
import java.util.function.BiConsumer;

/** Finds settings that contradict {@code search.metric} and {@code search.folds}. */
final class MetricContradictions {
  private static final String PATH = "search.metric";
  private static final String FOLDS = "search.folds";

  private final Experiment experiment;
  private final BiConsumer<String, String> found;

  /**
   * Creates the check.
   *
   * @param experiment what is checked
   * @param found takes path and text of a problem
   */
  MetricContradictions(Experiment experiment, BiConsumer<String, String> found) {
    this.experiment = experiment;
    this.found = found;
  }

  void check() {
    checkFolds();
    Search.Metric chosen = experiment.getSearch().getMetric();
    if (chosen == Search.Metric.LOSS) {
      return;
    }
    boolean numbers = experiment.getData().getFormat().getTargetCount() > 0;
    if (experiment.getData().hasText()) {
      found.accept(PATH, chosen + " is not allowed with data.text, whose words have a loss alone");
    } else if (numbers && !Metric.valueOf(chosen.name()).isOfNumbers()) {
      found.accept(
          PATH,
          chosen
              + " is not allowed with data.format.target, as it is of classes; use RMSE, MAE,"
              + " MEDIAN_ERROR, R2 or LOSS");
    } else if (!numbers && Metric.valueOf(chosen.name()).isOfNumbers()) {
      found.accept(
          PATH,
          chosen
              + " is not allowed without data.format.target, as it is of numbers; use ACCURACY,"
              + " BALANCED_ACCURACY, F1, ROC_AUC, PR_AUC, BRIER or LOSS");
    }
  }

  private void checkFolds() {
    int folds = experiment.getSearch().getFolds();
    if (folds < 2) {
      return;
    }
    if (!Contradictions.isDivided(experiment.getData())) {
      found.accept(
          FOLDS,
          folds
              + " is not allowed without one table that is divided: data.csv, parquet or jdbc; use"
              + " 0");
    } else if (!experiment.getData().getSplit().getTime().isEmpty()) {
      found.accept(
          FOLDS,
          folds
              + " is not allowed with data.split.time, as folds would learn from later rows than they"
              + " are judged on; use 0");
    }
  }
}
