package io.tandem.config;

import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.Response;
import io.tandem.config.proto.Strategy;
import io.tandem.disk.NextCommand;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * Refuses implicit estimators in a search with shared weights. They hold where a training rests,
 * and weights that many networks share never do: the Hessian of most samples has negative curvature
 * there.
 */
final class ImplicitContradictions {
  private final Experiment experiment;
  private final BiConsumer<String, String> found;

  /**
   * Creates the check.
   *
   * @param experiment what is checked
   * @param found takes path and text of a problem
   */
  ImplicitContradictions(Experiment experiment, BiConsumer<String, String> found) {
    this.experiment = experiment;
    this.found = found;
  }

  void check() {
    Response response = experiment.getResponse();
    boolean implicit = response.hasConjugateGradient() || response.hasNeumann();
    if (implicit && experiment.getSearch().getStrategy() == Strategy.JOINT) {
      found.accept(
          "response." + response.getEstimatorCase().name().toLowerCase(Locale.ROOT),
          "not allowed with strategy JOINT: it holds only where training has converged, which shared"
              + " weights never have; use response unrolled, or "
              + NextCommand.of("tune")
              + " with tune.to_rest");
    }
  }
}
