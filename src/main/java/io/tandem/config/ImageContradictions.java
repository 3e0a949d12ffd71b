package io.tandem.config;

import io.tandem.config.proto.Augmentation;
import io.tandem.config.proto.Data;
import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.Range;
import io.tandem.config.proto.Strategy;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/** What convolutional networks do not go together with. */
final class ImageContradictions {
  private final Experiment experiment;
  private final String space;
  private final BiConsumer<String, String> found;

  /**
   * Creates the check.
   *
   * @param experiment what is checked
   * @param space path of its networks, {@code space.macro} or {@code space.micro}
   * @param found takes path and text of a problem
   */
  ImageContradictions(Experiment experiment, String space, BiConsumer<String, String> found) {
    this.experiment = experiment;
    this.space = space;
    this.found = found;
  }

  void check() {
    checkImages();
    new FullyConnectedOnly(experiment, space, found).check();
    if (!TuneChecks.isTuning(experiment.getTune())) {
      checkAugmentation();
    }
  }

  private void checkImages() {
    Data data = experiment.getData();
    if (Contradictions.isTable(data)) {
      found.accept(
          space,
          "contradicts data."
              + data.getSourceCase().name().toLowerCase(Locale.ROOT)
              + ", whose rows are no images; use data.digits, idx, images or cifar, or"
              + " space.perceptron");
    }
  }

  /** A strength that changes nothing would be searched, and its response be 0. */
  private void checkAugmentation() {
    Range strength = experiment.getSpace().getOptimizer().getAugmentation();
    Augmentation images = experiment.getData().getAugmentation();
    if (!Set.of(Strategy.ENAS, Strategy.GIVEN).contains(experiment.getSearch().getStrategy())
        && strength.getMin() != strength.getMax()
        && images.getShift() == 0
        && images.getCutout() == 0) {
      found.accept(
          "space.optimizer.augmentation",
          "nothing to search with "
              + space
              + " where data.augmentation has neither shift nor cutout;"
              + " set one of them or fix it (--set space.optimizer.augmentation=0)");
    }
  }
}
