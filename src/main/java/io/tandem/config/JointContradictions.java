package io.tandem.config;

import io.tandem.config.proto.ArchitectureGradient;
import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.Response;
import io.tandem.config.proto.ResponseThrough;
import io.tandem.config.proto.Strategy;
import java.util.Locale;
import java.util.function.BiConsumer;

/** What the ways in which a child teaches the controller do not go together with. */
final class JointContradictions {
  private final Experiment experiment;
  private final BiConsumer<String, String> found;

  /**
   * Creates the check.
   *
   * @param experiment what is checked
   * @param found takes path and text of a problem
   */
  JointContradictions(Experiment experiment, BiConsumer<String, String> found) {
    this.experiment = experiment;
    this.found = found;
  }

  void check() {
    checkResponse();
    Strategy strategy = experiment.getSearch().getStrategy();
    boolean shared = strategy == Strategy.JOINT || Contradictions.hasEnas(strategy);
    if (experiment.getSearch().getArchitectureGradient() == ArchitectureGradient.GATES && !shared) {
      found.accept(
          "search.architecture_gradient",
          "GATES contradicts strategy "
              + strategy
              + ", which trains every candidate from scratch; use SCORE or strategy JOINT or ENAS");
    }
  }

  private void checkResponse() {
    if (experiment.getSearch().getResponseThrough() != ResponseThrough.SHARED) {
      return;
    }
    String path = "search.response_through";
    Strategy strategy = experiment.getSearch().getStrategy();
    Response response = experiment.getResponse();
    if (strategy != Strategy.JOINT) {
      found.accept(
          path,
          "SHARED contradicts strategy "
              + strategy
              + ", which has no response; use SAMPLE or strategy JOINT");
    } else if (!response.hasUnrolled()) {
      found.accept(
          path,
          "SHARED contradicts response "
              + response.getEstimatorCase().name().toLowerCase(Locale.ROOT)
              + "; use --set response=unrolled or response_through SAMPLE");
    } else if (response.getUnrolled().getTruncate() > 0) {
      found.accept(
          "response.unrolled.truncate",
          response.getUnrolled().getTruncate()
              + " contradicts search.response_through SHARED, which goes back through every step;"
              + " use 0 or SAMPLE");
    }
  }
}
