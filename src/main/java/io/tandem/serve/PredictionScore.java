package io.tandem.serve;

import io.tandem.data.DataException;
import io.tandem.data.NearestName;
import io.tandem.data.Quote;
import io.tandem.metric.Metrics;
import java.util.ArrayList;
import java.util.List;

/** How well predictions agree with labels: counts row by row. */
public final class PredictionScore {
  private final List<String> classes;
  private final List<Integer> truth = new ArrayList<>();
  private final List<Integer> answers = new ArrayList<>();
  private final List<float[]> probabilities = new ArrayList<>();
  private long correct;
  private double loss;
  private long unlabelled;

  /**
   * Nothing counted yet.
   *
   * @param classes names of the classes in the order of the probabilities
   */
  public PredictionScore(List<String> classes) {
    this.classes = List.copyOf(classes);
  }

  /**
   * Counts a row.
   *
   * @param place what to call it in an error
   * @param prediction what the model says
   * @param label the class that it has; empty if it is missing, which is counted separately
   * @throws DataException if the model does not know that class
   */
  public void add(String place, ClassPrediction prediction, String label) {
    if (label.isEmpty()) {
      unlabelled++;
      return;
    }
    int index = classes.indexOf(label);
    if (index < 0) {
      throw new DataException(
          Quote.format(
              "%s: the label %s is not one of the model's %d classes; did you mean %s?",
              place,
              Quote.quoted(label),
              classes.size(),
              Quote.quoted(NearestName.of(label, classes))));
    }
    truth.add(index);
    answers.add(prediction.answer(classes));
    probabilities.add(prediction.probabilities());
    correct += prediction.label().equals(label) ? 1 : 0;
    // A probability that is too small for 32 bits counts as the smallest that is not.
    loss -= Math.log(Math.max(Float.MIN_VALUE, prediction.probabilities()[index]));
  }

  /** Rows that could not be compared because their label is missing. */
  public long unlabelled() {
    return unlabelled;
  }

  /** Rows counted. */
  public long rows() {
    return truth.size();
  }

  /** Rows whose answer is their label. */
  public long correct() {
    return correct;
  }

  /** Share of rows whose answer is their label, 0 to 1. */
  public double accuracy() {
    return (double) correct / rows();
  }

  /** Mean cross-entropy of the rows, nats. */
  public double loss() {
    return loss / rows();
  }

  /** All figures of the rows, with intervals. */
  public Metrics metrics() {
    int count = classes.size();
    float[] all = new float[truth.size() * count];
    for (int row = 0; row < truth.size(); row++) {
      System.arraycopy(probabilities.get(row), 0, all, row * count, count);
    }
    return Metrics.ofAnswers(array(truth), array(answers), all, count);
  }

  private static int[] array(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}
