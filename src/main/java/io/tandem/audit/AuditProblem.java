package io.tandem.audit;

import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.tuning.Target;
import io.tandem.graph.tuning.TunedTraining;
import java.util.Optional;

/** The training problem on which estimators are judged, in float64. */
public interface AuditProblem {
  /**
   * Why an estimator cannot differentiate anything here.
   *
   * @param estimator which
   * @return the reason; empty if it can be built
   */
  Optional<String> obstacle(ResponseSettings estimator);

  /**
   * Why an estimator cannot differentiate one hyperparameter.
   *
   * @param estimator which
   * @param target the hyperparameter
   * @return the reason; empty if it can
   */
  Optional<String> obstacle(ResponseSettings estimator, Target target);

  /**
   * The training with an estimator's derivative, in a graph of its own.
   *
   * @param estimator one without an obstacle
   */
  TunedTraining build(ResponseSettings estimator);

  /**
   * The exact training whose loss the central differences are taken of.
   *
   * @throws io.tandem.disk.UserError if there is none that fits in memory
   */
  ResponseSettings reference();

  /**
   * Gives a training the batches and initial weights of a sample.
   *
   * @param training what is changed
   * @param sample number from 0; the same number always draws the same
   */
  void draw(TunedTraining training, int sample);
}
