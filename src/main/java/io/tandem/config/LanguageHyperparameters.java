package io.tandem.config;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.FixedOptimizer;
import io.tandem.config.proto.OptimizerSpace;
import io.tandem.config.proto.Range;
import io.tandem.config.proto.RecurrentSpace;
import io.tandem.space.Hyperparameter;
import java.util.Map;
import java.util.function.BiConsumer;

/** Checks the hyperparameters that language models alone have. */
final class LanguageHyperparameters {
  /** Largest dropout rate, that of the space included. */
  private static final double MOST = 0.999;

  private final Experiment experiment;
  private final BiConsumer<String, String> found;

  /**
   * Creates the check.
   *
   * @param experiment what is checked
   * @param found takes path and text of a problem
   */
  LanguageHyperparameters(Experiment experiment, BiConsumer<String, String> found) {
    this.experiment = experiment;
    this.found = found;
  }

  void check() {
    OptimizerSpace space = experiment.getSpace().getOptimizer();
    FixedOptimizer fixed = experiment.getFixedOptimizer();
    RecurrentSpace recurrent = experiment.getSpace().getRecurrent();
    Map<Hyperparameter, Double> rates =
        Map.of(
            Hyperparameter.EMBEDDING_DROPOUT, recurrent.getEmbeddingDropout(),
            Hyperparameter.INPUT_DROPOUT, recurrent.getInputDropout(),
            Hyperparameter.STATE_DROPOUT, recurrent.getStateDropout(),
            Hyperparameter.OUTPUT_DROPOUT, recurrent.getOutputDropout());
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      if (hyperparameter.isOfLanguage()) {
        double own = rates.getOrDefault(hyperparameter, Double.NEGATIVE_INFINITY);
        check(
            "space.optimizer." + hyperparameter.key() + ".max",
            ((Range) space.getField(field(OptimizerSpace.getDescriptor(), hyperparameter)))
                .getMax(),
            hyperparameter,
            own * space.getAugmentation().getMax());
        check(
            "fixed_optimizer." + hyperparameter.key(),
            (double) fixed.getField(field(FixedOptimizer.getDescriptor(), hyperparameter)),
            hyperparameter,
            own * fixed.getAugmentation());
      }
    }
  }

  private static FieldDescriptor field(Descriptor message, Hyperparameter hyperparameter) {
    return message.findFieldByName(hyperparameter.key());
  }

  private void check(String path, double value, Hyperparameter hyperparameter, double own) {
    if (value > 0 && !experiment.getSpace().hasRecurrent()) {
      found.accept(
          path,
          value
              + " is not allowed without space.recurrent, whose networks alone have "
              + (Hyperparameter.dropouts().contains(hyperparameter)
                  ? "this dropout"
                  : "this penalty")
              + "; use 0");
    } else if (value > 0 && value + own > MOST) {
      found.accept(
          path,
          value
              + " is not allowed with space.recurrent."
              + hyperparameter.key()
              + ", to which it is added and which contributes up to "
              + own
              + ": the sum must not exceed "
              + MOST
              + "; lower one of them");
    }
  }
}
