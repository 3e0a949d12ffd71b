package io.tandem.config;

import io.tandem.config.proto.Data;
import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.Range;
import io.tandem.config.proto.RecurrentSpace;
import io.tandem.config.proto.Strategy;
import java.util.Set;
import java.util.function.BiConsumer;

/** What language models do not go together with. */
final class RecurrentContradictions {
  private static final String SPACE = "space.recurrent";

  private final Experiment experiment;
  private final BiConsumer<String, String> found;

  /**
   * Creates the check.
   *
   * @param experiment what is checked
   * @param found takes path and text of a problem
   */
  RecurrentContradictions(Experiment experiment, BiConsumer<String, String> found) {
    this.experiment = experiment;
    this.found = found;
  }

  void check() {
    if (!isText(experiment.getData())) {
      found.accept(SPACE, "needs text; use data.text");
    }
    new FullyConnectedOnly(experiment, SPACE, found).check();
    if (!TuneChecks.isTuning(experiment.getTune())) {
      checkFactor(
          "space.optimizer.augmentation.max",
          experiment.getSpace().getOptimizer().getAugmentation().getMax());
      checkFactor("fixed_optimizer.augmentation", experiment.getFixedOptimizer().getAugmentation());
      checkSearchedFactor(experiment.getSpace().getRecurrent());
      checkBalance(
          "space.optimizer.class_balance",
          experiment.getSpace().getOptimizer().getClassBalance().getMax());
      checkBalance(
          "fixed_optimizer.class_balance", experiment.getFixedOptimizer().getClassBalance());
    }
  }

  private static boolean isText(Data data) {
    return switch (data.getSourceCase()) {
      case TEXT -> true;
      case DIGITS, CSV, CSV_PARTS, PARQUET, JDBC, IDX, IMAGES, CIFAR, SOURCE_NOT_SET -> false;
    };
  }

  private void checkFactor(String path, double factor) {
    if (factor > 1) {
      found.accept(
          path,
          factor
              + " is not allowed with "
              + SPACE
              + ", expected 0..1: it is a factor on the four dropout rates");
    }
  }

  private void checkBalance(String path, double balance) {
    if (balance > 0) {
      found.accept(
          path, balance + " is not allowed with " + SPACE + ", whose classes are words; use 0");
    }
  }

  /** A factor that changes nothing would be searched, and its response be 0. */
  private void checkSearchedFactor(RecurrentSpace recurrent) {
    Range factor = experiment.getSpace().getOptimizer().getAugmentation();
    double rates =
        recurrent.getEmbeddingDropout()
            + recurrent.getInputDropout()
            + recurrent.getStateDropout()
            + recurrent.getOutputDropout();
    if (!Set.of(Strategy.ENAS, Strategy.GIVEN).contains(experiment.getSearch().getStrategy())
        && factor.getMin() != factor.getMax()
        && rates == 0) {
      found.accept(
          "space.optimizer.augmentation",
          "nothing to search with "
              + SPACE
              + " where all four dropout rates are 0; set one of them or fix it"
              + " (--set space.optimizer.augmentation=0)");
    }
  }
}
