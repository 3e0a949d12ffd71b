package io.tandem.graph.tuning;

import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.inner.InnerSettings;
import java.util.List;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.family.TFloating;

/** A training as a function of a point, with its derivative. The same point gives the same bits. */
public interface TunedTraining extends AutoCloseable {
  /** Where in a point each target lies. */
  TargetLayout layout();

  /**
   * Trains with a point and differentiates.
   *
   * @param point coordinates of all tuned targets
   */
  TuningOutcome evaluate(double[] point);

  /**
   * Trains with a point and differentiates, as exactly as is asked.
   *
   * @param point coordinates of all tuned targets
   * @param tolerance to which a training to rest and the solver of its response go; others have
   *     none
   * @param start where they may begin
   */
  default TuningOutcome evaluate(double[] point, double tolerance, WarmStart start) {
    return evaluate(point);
  }

  /**
   * Trains with a point.
   *
   * @param point coordinates of all tuned targets
   * @return the weights after the last step, in the order of the network, row by row
   */
  List<float[]> train(double[] point);

  /**
   * The outer loss after a training with a point, without its derivative.
   *
   * @param point coordinates of all tuned targets
   * @return nats; not a number if the training came to nothing
   */
  double loss(double[] point);

  /**
   * Puts other batches and initial weights in the place of the present ones.
   *
   * @param batches row numbers, as many and as long as the present ones
   * @param weightSeed decides the initial weights
   */
  void redraw(List<int[]> batches, long weightSeed);

  @Override
  void close();

  /**
   * The training in a graph of its own.
   *
   * @param type number type
   * @param settings the training
   * @param constants constants of the update rules
   * @param data rows, batches and seeds
   * @param response which estimator differentiates it
   * @param config threads, devices and memory of the session, without graph optimizer
   */
  static <T extends TFloating> TunedTraining of(
      Class<T> type,
      TuningSettings settings,
      InnerSettings constants,
      TuningData data,
      ResponseSettings response,
      ConfigProto config) {
    return response instanceof ResponseSettings.Reversible
        ? new ReversibleTuning<>(type, settings, data, config)
        : new TuningProgram<>(type, settings, constants, data, response.estimator(), config);
  }

  /**
   * A training that ends at rest, with an implicit estimator.
   *
   * @param type number type
   * @param settings the training; its steps are the most that are taken
   * @param rest how it comes to rest
   * @param constants constants of the update rules
   * @param data rows and seeds; every step has all rows
   * @param response which implicit estimator differentiates it
   * @param config threads, devices and memory of the session, without graph optimizer
   */
  static <T extends TFloating> TunedTraining toRest(
      Class<T> type,
      TuningSettings settings,
      RestSettings rest,
      InnerSettings constants,
      TuningData data,
      ResponseSettings response,
      ConfigProto config) {
    return new RestingTuning<>(type, settings, rest, constants, data, response.estimator(), config);
  }
}
