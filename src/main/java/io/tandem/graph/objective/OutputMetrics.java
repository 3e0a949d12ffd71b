package io.tandem.graph.objective;

import io.tandem.metric.DecisionThreshold;
import io.tandem.metric.Metric;
import io.tandem.metric.Metrics;
import io.tandem.metric.ModelMetrics;
import io.tandem.outcome.Outcome;
import io.tandem.outcome.Targets;
import java.util.ArrayList;
import java.util.List;

/** Metrics of the outputs of a network: of probabilities, or of numbers as in the table. */
public final class OutputMetrics {
  private OutputMetrics() {}

  /**
   * The metrics.
   *
   * @param targets what is true
   * @param outputs of the network, row-major {@code [rows, outputs]}: logits, or standardised
   *     numbers
   */
  public static ModelMetrics of(Targets targets, float... outputs) {
    return targets instanceof Targets.Labels labels
        ? ModelMetrics.ofClasses(
            Metrics.ofClasses(
                labels.values(),
                probabilities(labels.outcome().outputs(), outputs),
                labels.outcome().outputs()))
        : ofNumbers((Targets.Numbers) targets, outputs);
  }

  /**
   * The metrics of a network that tells two classes apart with a threshold.
   *
   * @param targets what is true
   * @param threshold decides which class is the answer
   * @param outputs of the network, row-major {@code [rows, 2]}: logits
   */
  public static ModelMetrics of(
      Targets.Labels targets, DecisionThreshold threshold, float... outputs) {
    float[] probabilities = probabilities(2, outputs);
    return ModelMetrics.ofClasses(
        Metrics.ofAnswers(targets.values(), threshold.answers(probabilities), probabilities, 2));
  }

  /**
   * The threshold that suits the outputs of a network best.
   *
   * @param metric that it is to raise
   * @param targets of two classes, what is true
   * @param outputs of the network, row-major {@code [rows, 2]}: logits
   */
  public static DecisionThreshold threshold(
      Metric metric, Targets.Labels targets, float... outputs) {
    return DecisionThreshold.choose(metric, targets.values(), probabilities(2, outputs));
  }

  /**
   * One metric without its interval, of several numbers its mean.
   *
   * @param metric which
   * @param targets what is true
   * @param outputs of the network, row-major {@code [rows, outputs]}
   */
  public static double value(Metric metric, Targets targets, float... outputs) {
    if (targets instanceof Targets.Labels labels) {
      int classes = labels.outcome().outputs();
      return Metrics.valueOfClasses(
          metric, labels.values(), probabilities(classes, outputs), classes);
    }
    Targets.Numbers numbers = (Targets.Numbers) targets;
    double sum = 0;
    for (int output = 0; output < numbers.outcome().outputs(); output++) {
      sum +=
          Metrics.valueOfNumbers(
              metric, values(numbers, output, numbers.values()), values(numbers, output, outputs));
    }
    return sum / numbers.outcome().outputs();
  }

  /** A column as in the table. */
  private static double[] values(Targets.Numbers targets, int output, float... standardised) {
    double[] values = new double[targets.rows()];
    for (int row = 0; row < values.length; row++) {
      values[row] =
          targets.outcome().value(standardised[row * targets.outcome().outputs() + output], output);
    }
    return values;
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
      metrics.add(
          Metrics.ofNumbers(
              values(targets, output, targets.values()), values(targets, output, outputs)));
    }
    return new ModelMetrics(outcome.names(), metrics);
  }
}
