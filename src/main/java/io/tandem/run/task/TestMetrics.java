package io.tandem.run.task;

import io.tandem.metric.Metrics;
import io.tandem.metric.ModelMetrics;
import io.tandem.outcome.Outcome;
import io.tandem.outcome.Targets;
import java.util.ArrayList;
import java.util.List;

/** Metrics of the outputs of a network: of probabilities, or of numbers as in the table. */
final class TestMetrics {
  private TestMetrics() {}

  /**
   * The metrics.
   *
   * @param targets what is true
   * @param outputs of the network, row-major {@code [rows, outputs]}: logits, or standardised
   *     numbers
   */
  static ModelMetrics of(Targets targets, float... outputs) {
    return targets instanceof Targets.Labels labels
        ? ModelMetrics.ofClasses(
            Metrics.ofClasses(
                labels.values(),
                probabilities(labels.outcome().outputs(), outputs),
                labels.outcome().outputs()))
        : ofNumbers((Targets.Numbers) targets, outputs);
  }

  private static float[] probabilities(int classes, float... logits) {
    float[] probabilities = new float[logits.length];
    for (int start = 0; start < logits.length; start += classes) {
      double top = Double.NEGATIVE_INFINITY;
      for (int index = start; index < start + classes; index++) {
        top = Math.max(top, logits[index]);
      }
      double sum = 0;
      for (int index = start; index < start + classes; index++) {
        sum += Math.exp(logits[index] - top);
      }
      for (int index = start; index < start + classes; index++) {
        probabilities[index] = (float) (Math.exp(logits[index] - top) / sum);
      }
    }
    return probabilities;
  }

  private static ModelMetrics ofNumbers(Targets.Numbers targets, float... outputs) {
    Outcome.Numbers outcome = targets.outcome();
    List<Metrics> metrics = new ArrayList<>();
    for (int output = 0; output < outcome.outputs(); output++) {
      double[] truth = new double[targets.rows()];
      double[] predicted = new double[targets.rows()];
      for (int row = 0; row < truth.length; row++) {
        int place = row * outcome.outputs() + output;
        truth[row] = outcome.value(targets.values()[place], output);
        predicted[row] = outcome.value(outputs[place], output);
      }
      metrics.add(Metrics.ofNumbers(truth, predicted));
    }
    return new ModelMetrics(outcome.names(), metrics);
  }
}
