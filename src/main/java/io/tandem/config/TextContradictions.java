package io.tandem.config;

import io.tandem.config.proto.Data;
import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.TextFiles;
import java.util.Locale;
import java.util.function.BiConsumer;

/** What texts do not go together with. */
final class TextContradictions {
  private final Experiment experiment;
  private final BiConsumer<String, String> found;

  /**
   * Creates the check.
   *
   * @param experiment what is checked
   * @param found takes path and text of a problem
   */
  TextContradictions(Experiment experiment, BiConsumer<String, String> found) {
    this.experiment = experiment;
    this.found = found;
  }

  void check() {
    Data data = experiment.getData();
    if (data.getTextFormat().getVocabulary() == 1) {
      found.accept("data.text_format.vocabulary", "1 is not allowed, expected 0 or 2..1000000");
    }
    if (data.hasText()) {
      checkFiles(data.getText());
      if (data.getWrongLabels() > 0) {
        found.accept("data.wrong_labels", "not allowed with data.text, which has no labels; use 0");
      }
      if (experiment.getRetrain().getEnsemble() != 1) {
        found.accept(
            "retrain.ensemble",
            experiment.getRetrain().getEnsemble()
                + " is not allowed with data.text, whose models are trained alone; use 1");
      }
      checkNetworks();
    }
  }

  private void checkFiles(TextFiles text) {
    if (text.getTrain().isEmpty()) {
      found.accept("data.text.train", "missing; name a file");
    }
    if (text.getTest().isEmpty()) {
      found.accept("data.text.test", "missing; name a file");
    }
  }

  private void checkNetworks() {
    var networks = experiment.getSpace().getArchitectureCase();
    switch (networks) {
      case PERCEPTRON, MACRO, MICRO ->
          found.accept(
              "data.text",
              "not allowed with space."
                  + networks.name().toLowerCase(Locale.ROOT)
                  + "; use space.recurrent");
      case RECURRENT, ARCHITECTURE_NOT_SET -> {}
    }
  }
}
